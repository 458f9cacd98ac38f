package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the files mapped that are asked for again and again, up to [#TOTAL] bytes.
///
/// Mapping a 20 MB file, faulting its pages in and unmapping it costs more than sending it does; a
/// file that stays mapped is sent by the system itself ([FileRegions]), or costs one copy where TLS
/// stands between. What is mapped belongs to the system's page cache and is not the program's own
/// memory, yet tools count it as such once it was touched, hence the limit. Files larger than
/// [#LARGEST] are sent through windows instead.
final class MappedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(MappedFiles.class);
  static final long LARGEST = 32L * 1024 * 1024;
  static final long TOTAL = 64L * 1024 * 1024;

  // Each keeps its file open, and open files are counted by the system.
  private static final int MOST = 200;

  private final FileRegions regions = new FileRegions();
  // Guarded by this object's lock, like the counts in its entries; in order of last use.
  private final Map<Path, Mapping> mappings = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  /// What lies where.
  FileRegions regions() {
    return regions;
  }

  /// The whole file, which must be closed after use and not be touched afterwards.
  Lease borrow(Path path, long size) throws IOException {
    synchronized (this) {
      Mapping known = mappings.get(path);
      if (known != null && known.size == size) {
        known.users++;
        return new Lease(known);
      }
    }
    Mapping fresh = new Mapping(path, size);
    synchronized (this) {
      // One that was there goes, whether it is of another size or another request was faster.
      Mapping replaced = mappings.put(path, fresh);
      total += size;
      if (replaced != null) {
        forget(replaced);
      }
      Iterator<Mapping> oldest = mappings.values().iterator();
      while ((total > TOTAL || mappings.size() > MOST) && oldest.hasNext()) {
        Mapping next = oldest.next();
        if (next != fresh) {
          oldest.remove();
          forget(next);
        }
      }
      return new Lease(fresh);
    }
  }

  /// Unmaps everything that nobody is sending.
  synchronized void clear() {
    mappings.values().forEach(this::forget);
    mappings.clear();
  }

  private synchronized void giveBack(Mapping mapping) {
    mapping.users--;
    mapping.unmapWhenUnused();
  }

  private void forget(Mapping mapping) {
    total -= mapping.size;
    mapping.kept = false;
    mapping.unmapWhenUnused();
  }

  /// One mapped file, its bytes alive until it is closed.
  final class Lease implements AutoCloseable {
    private final Mapping mapping;

    private Lease(Mapping mapping) {
      this.mapping = mapping;
    }

    MemorySegment part(long from, long length) {
      return mapping.segment.asSlice(from, length);
    }

    @Override
    public void close() {
      giveBack(mapping);
    }
  }

  private final class Mapping {
    private final Arena arena = Arena.ofShared();
    private final FileChannel channel;
    private final MemorySegment segment;
    private final long size;
    private int users = 1;
    private boolean kept = true;

    Mapping(Path path, long size) throws IOException {
      this.size = size;
      this.channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      } catch (IOException | RuntimeException | Error failed) {
        try (channel;
            arena) {
          throw failed;
        }
      }
      regions.add(segment, channel, 0);
    }

    void unmapWhenUnused() {
      if (!kept && users == 0) {
        regions.remove(segment);
        arena.close();
        try {
          channel.close();
        } catch (IOException leftOpen) {
          LOG.warn("A file that was sent could not be closed.", leftOpen);
        }
      }
    }
  }
}
