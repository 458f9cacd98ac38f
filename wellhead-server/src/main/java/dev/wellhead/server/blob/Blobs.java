package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The folder of blobs: `sha256/ab/abcd…` for what is kept, `incoming/` for what is on its way.
///
/// A blob appears under its name whole or not at all, and only its owner can read it. Symbolic
/// links inside the folder are refused; the folder itself may be one.
public final class Blobs {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BlobFolder folder;
  private final Loans loans = new Loans();
  private final AtomicLong counter = new AtomicLong();

  /// Over `folder`, which is made with the first blob when it is absent.
  public Blobs(Path folder) {
    this.folder = new BlobFolder(folder);
  }

  /// The blob with this hash, where it is kept here. Its bytes are not read again: see [#verify].
  public Optional<Blob> find(Sha256 sha256) throws IOException {
    return folder
        .kept(sha256)
        .map(attributes -> new Blob(sha256, folder.blob(sha256), attributes.size()));
  }

  /// The blob with this hash, where it is kept here, for who is about to hand out its path: no
  /// [#discard] takes what was borrowed after its `untouchedSince` for untouched.
  public Optional<Blob> borrow(Sha256 sha256, Instant now) throws IOException {
    loans.note(sha256, now); // first: whoever removes it has done so by then, or sees this
    return find(sha256);
  }

  /// Begins to receive bytes; the caller closes it.
  public Incoming receive() throws IOException {
    return incoming(0);
  }

  private Incoming incoming(long promised) throws IOException {
    folder.prepare(folder.incoming());
    while (true) {
      String name = ProcessHandle.current().pid() + "-" + counter.incrementAndGet();
      try {
        return new Incoming(folder, folder.incoming().resolve(name), promised);
      } catch (FileAlreadyExistsException leftover) {
        // a process with the same number left it behind: the next name is as good
      }
    }
  }

  /// Begins to receive so many bytes; the caller closes it. Another one may still take the room
  /// meanwhile.
  ///
  /// @throws NoRoomException where less than that is free, before anything is written
  public Incoming receive(long bytes) throws IOException {
    folder.prepare(folder.incoming());
    long free = folder.free();
    if (free < bytes) {
      throw new NoRoomException(bytes, free);
    }
    return incoming(bytes);
  }

  /// Every hash that is kept, in no order, one shard of the folder after the other. Files with
  /// other names are passed over. While it is read a fault is an [UncheckedIOException].
  public Stream<Sha256> all() throws IOException {
    return list(folder.kept()).stream()
        .filter(shard -> Files.isDirectory(shard, LinkOption.NOFOLLOW_LINKS))
        .flatMap(Blobs::hashesIn);
  }

  /// How much is kept. It looks at every file: not for a request to wait for.
  public Usage usage() throws IOException {
    long blobs = 0;
    long bytes = 0;
    try (Stream<Sha256> all = all()) {
      for (Sha256 sha256 : (Iterable<Sha256>) all::iterator) {
        Optional<BasicFileAttributes> kept = folder.kept(sha256);
        if (kept.isPresent()) {
          blobs++;
          bytes += kept.get().size();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Usage(blobs, bytes);
  }

  /// How many blobs are kept, and their sizes together.
  public record Usage(long blobs, long bytes) {}

  /// When the blob was last kept. [NoSuchFileException] where there is none.
  public Instant lastModified(Sha256 sha256) throws IOException {
    return folder
        .kept(sha256)
        .map(BasicFileAttributes::lastModifiedTime)
        .orElseThrow(() -> new NoSuchFileException(folder.blob(sha256).toString()))
        .toInstant();
  }

  /// Removes the blob; `false` where there was none. Who is reading it reads on.
  public boolean delete(Sha256 sha256) throws IOException {
    if (folder.kept(sha256).isEmpty() || !Files.deleteIfExists(folder.blob(sha256))) {
      return false;
    }
    folder.sync(folder.shard(sha256));
    return true;
  }

  /// Removes the blob where nobody kept or borrowed it after `untouchedSince` and `unwanted` says
  /// so, in one step to everybody who keeps, renews or borrows blobs by this object; `false` where
  /// it stays.
  ///
  /// @throws E what `unwanted` throws; then the blob stays
  public <E extends Exception> boolean discard(
      Sha256 sha256, Instant untouchedSince, Doubt<E> unwanted) throws IOException, E {
    folder.keeping().lock();
    try {
      Optional<Instant> touched =
          folder.kept(sha256).map(attributes -> attributes.lastModifiedTime().toInstant());
      return touched.isPresent()
          && !touched.get().isAfter(untouchedSince)
          && unwanted.holds()
          && loans.unlessLent(sha256, untouchedSince, () -> delete(sha256));
    } finally {
      folder.keeping().unlock();
    }
  }

  /// A question that may fail.
  public interface Doubt<E extends Exception> {
    boolean holds() throws E;
  }

  /// Makes the blob as young as one that was kept at `now`, so that whoever is about to name it in
  /// a row can rely on it; `false` where there is none. [#find] alone promises nothing: what no row
  /// names may be removed at any time.
  public boolean renew(Sha256 sha256, Instant now) throws IOException {
    folder.keeping().lock();
    try {
      if (folder.kept(sha256).isEmpty()) {
        return false;
      }
      Files.setLastModifiedTime(folder.blob(sha256), FileTime.from(now));
      return true;
    } finally {
      folder.keeping().unlock();
    }
  }

  /// Reads the blob again and compares its hash.
  public BlobCheck verify(Sha256 sha256) throws IOException {
    if (folder.kept(sha256).isEmpty()) {
      return new BlobCheck.Absent();
    }
    MessageDigest hash = Incoming.newHash();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long length = 0;
    try (FileChannel channel =
        FileChannel.open(folder.blob(sha256), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (channel.read(buffer.clear()) >= 0) {
        length += buffer.flip().remaining();
        hash.update(buffer);
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      return new BlobCheck.Absent();
    }
    Sha256 actual = Sha256.of(hash.digest());
    return actual.equals(sha256)
        ? new BlobCheck.Sound(length)
        : new BlobCheck.Damaged(actual, length);
  }

  /// Removes what a crash left behind and says how many files that were. Only at start, before
  /// anything is received: it cannot tell a leftover from what is on its way.
  public int sweepIncoming() throws IOException {
    int swept = 0;
    for (Path leftover : list(folder.incoming())) {
      if (!Files.isDirectory(leftover, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(leftover);
        swept++;
      }
    }
    return swept;
  }

  private static Stream<Sha256> hashesIn(Path shard) {
    try {
      return list(shard).stream()
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(shard.getFileName().toString()))
          .flatMap(name -> Sha256.of(name).filter(hash -> hash.hex().equals(name)).stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
