package dev.wellhead.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps the files mapped that are asked for again and again, up to [#TOTAL] bytes.
///
/// Mapping a 20 MB file, faulting its pages in and unmapping it costs more than sending it does; a
/// file that stays mapped is sent by the system itself ([FileRegions]), or costs one copy where TLS
/// stands between. What is mapped belongs to the system's page cache and is not the program's own
/// memory, yet tools count it as such once it was touched, hence the limit. Files larger than
/// [#LARGEST] are sent through windows instead.
final class MappedFiles {
  static final long LARGEST = 32L * 1024 * 1024;
  static final long TOTAL = 64L * 1024 * 1024;

  private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);
  private static final long TRUSTED = TimeUnit.SECONDS.toNanos(5);
  private static final long AHEAD = TimeUnit.SECONDS.toNanos(1);

  // Each keeps its file open, and open files are counted by the system.
  private static final int MOST = 200;

  private final FileRegions regions = new FileRegions();
  // Guarded by this object's lock, like the counts in its entries; in order of last use.
  private final Map<Path, Mapping> mappings = new LinkedHashMap<>(16, 0.75f, true);
  private long total;
  private final LongSupplier ticker;

  /// @param ticker nanoseconds of a clock that never goes back
  MappedFiles(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /// What lies where.
  FileRegions regions() {
    return regions;
  }

  /// The part where it is mapped and, as far as a look at a few places tells, in memory, else null.
  ///
  /// A mapping that nobody opened by its path for [#TRUSTED] is not answered from: the file may
  /// have been replaced by another since. Shortly before, one request is sent to open it, so that
  /// not all of that moment have to.
  @Nullable Lease ready(Response.Body.FilePart part) {
    long now = ticker.getAsLong();
    synchronized (this) {
      Mapping known = mappings.get(part.path());
      if (known == null || now - known.confirmed > TRUSTED || !known.isInMemory(now)) {
        return null;
      }
      if (now - known.confirmed > TRUSTED - AHEAD && !known.confirming) {
        known.confirming = true;
        return null;
      }
      known.users++;
      return new Lease(known, part.from(), part.length());
    }
  }

  /// Part of a file, which must be closed after use and not be touched afterwards.
  ///
  /// @param size of the whole file
  Lease borrow(Response.Body.FilePart part, long size) throws IOException {
    long now = ticker.getAsLong();
    Object key = key(part.path());
    synchronized (this) {
      Mapping known = mappings.get(part.path());
      if (known != null && known.size == size && known.key.equals(key)) {
        known.users++;
        known.confirmed = now;
        known.confirming = false;
        return new Lease(known, part.from(), part.length());
      }
    }
    Mapping fresh = new Mapping(part.path(), size, key, now);
    synchronized (this) {
      // One that was there goes, whether it is of another size or another request was faster.
      Mapping replaced = mappings.put(part.path(), fresh);
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
      return new Lease(fresh, part.from(), part.length());
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

  /// What tells a file from another that lay at its path before.
  private static Object key(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return attributes.fileKey() == null ? attributes.lastModifiedTime() : attributes.fileKey();
  }

  /// Part of a mapped file, its bytes alive until it is closed.
  final class Lease implements AutoCloseable {
    private final Mapping mapping;
    private final long from;
    private final long length;

    private Lease(Mapping mapping, long from, long length) {
      this.mapping = mapping;
      this.from = from;
      this.length = length;
    }

    ByteBuffer buffer() {
      return mapping.file.buffer(from, length);
    }

    /// Whether sending it will not wait for a disk, as far as a look at a few places tells.
    boolean isInMemory() {
      synchronized (MappedFiles.this) {
        return mapping.isInMemory(ticker.getAsLong());
      }
    }

    @Override
    public void close() {
      giveBack(mapping);
    }
  }

  private final class Mapping {
    private final MappedFile file;
    private final long size;
    private final Object key;
    private int users = 1;
    private boolean kept = true;
    private long confirmed;
    private boolean confirming;
    private boolean inMemory;
    private long looked;

    Mapping(Path path, long size, Object key, long now) throws IOException {
      this.size = size;
      this.key = key;
      this.confirmed = now;
      this.looked = now - LOOK_AGAIN;
      this.file = new MappedFile(FileChannel.open(path, StandardOpenOption.READ), size, regions);
    }

    /// What was seen counts for a moment.
    boolean isInMemory(long now) {
      if (now - looked >= LOOK_AGAIN) {
        looked = now;
        inMemory = file.looksLoaded();
      }
      return inMemory;
    }

    void unmapWhenUnused() {
      if (!kept && users == 0) {
        file.close();
      }
    }
  }
}
