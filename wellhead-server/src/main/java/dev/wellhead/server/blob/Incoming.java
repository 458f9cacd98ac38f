package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bytes on their way in: one thread writes, any number may read [#path()] up to [#length()]
/// meanwhile.
///
/// A reader that opened the file goes on reading after [#keep()] and after [#close()]; one that
/// opens it later uses the path of the blob.
public final class Incoming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /// Bytes of zeros that are laid at a time where more is to come.
  private static final int GROUND = 256 * 1024;

  private final BlobFolder folder;
  private final FileChannel channel;
  private final Path temp;
  private final MessageDigest hash = newHash();
  private final AtomicLong length = new AtomicLong();
  private final long promised;
  private long ground;
  private @Nullable Sha256 digest;
  private volatile @Nullable Blob kept;

  /// @param promised how many bytes are likely to come; 0 where nobody knows
  Incoming(BlobFolder folder, Path temp, long promised) throws IOException {
    this.folder = folder;
    this.temp = temp;
    this.promised = promised;
    this.channel = folder.create(temp);
  }

  /// Appends all that remains in `bytes`. A full disk is an [IOException] that names the folder and
  /// how much was asked of it.
  public void write(ByteBuffer bytes) throws IOException {
    if (digest != null) {
      throw new IllegalStateException("nothing can be written after the hash was taken: " + temp);
    }
    int asked = bytes.remaining();
    ByteBuffer written = bytes.duplicate();
    layGround();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new IOException(
          "could not write "
              + asked
              + " bytes, after "
              + length.get()
              + ", in the folder "
              + folder.incoming()
              + ": "
              + reason(e),
          e);
    }
    hash.update(written);
    length.addAndGet(asked);
  }

  /// Lays zeros where the next bytes go, many at a time.
  ///
  /// The system keeps a file in memory in pieces as large as the writes that made them, and sending
  /// one whose bytes came in network packets, 16 kB each, costs a quarter more than sending one of
  /// large pieces. No reader looks behind [#length()], and [#keep()] cuts what was not filled.
  private void layGround() {
    long next = length.get();
    if (next < ground || promised - next < GROUND) {
      return;
    }
    try {
      ByteBuffer zeros = folder.zeros(GROUND);
      while (zeros.hasRemaining()) {
        channel.write(zeros, next + zeros.position());
      }
      ground = next + GROUND;
    } catch (IOException leftToTheBytesThemselves) {
      LOG.debug("no ground could be laid for {}", temp, leftToTheBytesThemselves);
      ground = Long.MAX_VALUE;
    }
  }

  /// How many bytes are written and can be read from [#path()].
  public long length() {
    return length.get();
  }

  /// Where the bytes lie now: the temp file, and after [#keep()] the blob.
  public Path path() {
    Blob blob = kept;
    return blob == null ? temp : blob.path();
  }

  /// The hash of all bytes written; nothing can be written afterwards.
  public Sha256 digest() {
    Sha256 known = digest;
    if (known == null) {
      known = Sha256.of(hash.digest());
      digest = known;
    }
    return known;
  }

  /// Makes the bytes a blob that survives a loss of power, also where the same is there already:
  /// file synced, moved to its name at once, folder synced. Asked again, it gives the same answer;
  /// after a failure it can be tried again.
  public Blob keep() throws IOException {
    Blob known = kept;
    if (known != null) {
      return known;
    }
    Sha256 sha256 = digest();
    try {
      if (channel.isOpen()) {
        if (ground > length.get()) {
          channel.truncate(length.get());
        }
        channel.force(true);
        channel.close();
      }
      if (BlobFolder.file(temp).isPresent()) {
        folder.keep(temp, sha256);
      } else {
        folder.sync(folder.shard(sha256)); // moved by a try whose sync failed
      }
    } catch (IOException e) {
      throw new IOException(
          "could not keep "
              + length.get()
              + " bytes in the folder "
              + folder.shard(sha256)
              + ": "
              + reason(e),
          e);
    }
    Blob blob = new Blob(sha256, folder.blob(sha256), length.get());
    kept = blob;
    return blob;
  }

  /// Discards the bytes unless they were kept. What cannot be removed now is left to
  /// [Blobs#sweepIncoming()].
  @Override
  public void close() {
    try {
      channel.close();
      if (kept == null) {
        Files.deleteIfExists(temp);
      }
    } catch (IOException leftToTheSweep) {
      LOG.warn("could not discard {}; the next start removes it", temp, leftToTheSweep);
    }
  }

  static MessageDigest newHash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
