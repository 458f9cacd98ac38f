package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps the files mapped that are asked for again and again, up to [#TOTAL] bytes.
///
/// Mapping a 20 MB file, faulting its pages in and unmapping it costs more than sending it does; a
/// file that stays mapped costs one copy into the socket. What is mapped belongs to the system's
/// page cache and is not the program's own memory, yet tools count it as such, hence the limit.
/// Files larger than [#LARGEST] are sent through windows instead.
final class MappedFiles {
  static final long LARGEST = 32L * 1024 * 1024;
  static final long TOTAL = 64L * 1024 * 1024;

  // Guarded by this object's lock, like the counts in its entries; in order of last use.
  private final Map<Path, Mapping> mappings = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  /// The whole file, which must be closed after use and not be touched afterwards.
  Lease borrow(Path path, FileChannel channel, long size) throws IOException {
    synchronized (this) {
      Mapping known = mappings.get(path);
      if (known != null && known.size == size) {
        known.users++;
        return new Lease(known, true);
      }
    }
    Mapping fresh = new Mapping(channel, size);
    synchronized (this) {
      // One that was there goes, whether it is of another size or another request was faster.
      Mapping replaced = mappings.put(path, fresh);
      total += size;
      if (replaced != null) {
        forget(replaced);
      }
      Iterator<Mapping> oldest = mappings.values().iterator();
      while (total > TOTAL && oldest.hasNext()) {
        Mapping next = oldest.next();
        if (next != fresh) {
          oldest.remove();
          forget(next);
        }
      }
      return new Lease(fresh, false);
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
    private final boolean sentBefore;

    private Lease(Mapping mapping, boolean sentBefore) {
      this.mapping = mapping;
      this.sentBefore = sentBefore;
    }

    /// Whether the file was sent a short while ago, so that its pages are in memory.
    boolean sentBefore() {
      return sentBefore;
    }

    ByteBuffer part(long from, long length) {
      return mapping.bytes.slice(Math.toIntExact(from), Math.toIntExact(length));
    }

    @Override
    public void close() {
      giveBack(mapping);
    }
  }

  private static final class Mapping {
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer bytes;
    private final long size;
    private int users = 1;
    private boolean kept = true;

    Mapping(FileChannel channel, long size) throws IOException {
      this.size = size;
      try {
        bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asByteBuffer();
      } catch (IOException | RuntimeException | Error failed) {
        arena.close();
        throw failed;
      }
    }

    void unmapWhenUnused() {
      if (!kept && users == 0) {
        arena.close();
      }
    }
  }
}
