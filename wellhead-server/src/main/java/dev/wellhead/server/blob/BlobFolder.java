package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The layout of the folder and how it is made durable: who may read it, what is synced when, and
/// that no symbolic link inside it is followed.
///
/// Only the file system of the folder's own [Path] is used, so that a test can hand in one that
/// fails at any step.
final class BlobFolder {
  static final String INCOMING = "incoming";
  static final String KEPT = "sha256";

  private final Path root;
  private final boolean posix;

  /// Folders whose own entry was synced by this process, so that each costs that once.
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  /// Held while a blob is put under its name, made young, or judged and removed: without it one
  /// could be kept between the judging and the removal.
  private final Lock keeping = new ReentrantLock();

  /// Read by many at once; outside the heap, since a write from the heap copies first.
  private volatile @Nullable ByteBuffer zeros;

  BlobFolder(Path root) {
    this.root = root;
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  Lock keeping() {
    return keeping;
  }

  Path incoming() {
    return root.resolve(INCOMING);
  }

  Path kept() {
    return root.resolve(KEPT);
  }

  Path shard(Sha256 sha256) {
    return kept().resolve(sha256.hex().substring(0, 2));
  }

  Path blob(Sha256 sha256) {
    return shard(sha256).resolve(sha256.hex());
  }

  /// So many zeros, always the same number.
  ByteBuffer zeros(int bytes) {
    ByteBuffer known = zeros;
    if (known == null) {
      known = ByteBuffer.allocateDirect(bytes).asReadOnlyBuffer();
      zeros = known;
    }
    return known.duplicate();
  }

  /// The attributes of the regular file at `path`, or empty where nothing is there.
  static Optional<BasicFileAttributes> file(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new FileSystemException(
            path.toString(), null, "is no regular file; remove it, the bytes are fetched again");
      }
      return Optional.of(attributes);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /// The attributes of the blob's file; a shard that is a symbolic link is refused, since it could
  /// lead out of the folder.
  Optional<BasicFileAttributes> kept(Sha256 sha256) throws IOException {
    Optional<BasicFileAttributes> found = file(blob(sha256));
    if (found.isPresent()) {
      requireFolder(shard(sha256));
      requireFolder(kept());
    }
    return found;
  }

  /// Makes the folder with everything above it, each entry durable before anything is put in.
  void prepare(Path folder) throws IOException {
    if (durable.contains(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (!folder.equals(root)) {
      prepare(root.equals(parent) || parent == null ? root : parent);
    }
    try {
      Files.createDirectory(folder, privately("rwx------"));
    } catch (FileAlreadyExistsException present) {
      if (!folder.equals(root)) {
        requireFolder(folder);
      } else if (!Files.isDirectory(root)) {
        throw new FileSystemException(root.toString(), null, "is no folder");
      }
    }
    if (parent != null) {
      sync(parent);
    }
    durable.add(folder);
  }

  /// A new file that nobody else writes; fails where the name is taken.
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        privately("rw-------"));
  }

  /// How many bytes may still be written here, as far as the system tells. In a root that is no
  /// mount point, as chroot makes, it does not; a full disk then shows when it is written to.
  long free() {
    try {
      return Files.getFileStore(incoming()).getUsableSpace();
    } catch (IOException _) {
      return Long.MAX_VALUE;
    }
  }

  /// Moves a synced temp file to its name, over the same blob where there is one: that is as good,
  /// makes it young again for `gc`, and heals a damaged one.
  void keep(Path temp, Sha256 sha256) throws IOException {
    prepare(shard(sha256));
    file(blob(sha256)); // refuses to replace anything but a file
    keeping.lock();
    try {
      Files.move(
          temp, blob(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      keeping.unlock();
    }
    sync(shard(sha256));
  }

  /// Makes the names in `folder` survive a loss of power. Where there is no POSIX, folders cannot
  /// be opened and the file system's own journal has to do.
  void sync(Path folder) throws IOException {
    if (!posix) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private FileAttribute<?>[] privately(String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void requireFolder(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          path.toString(), null, "is no folder, or a symbolic link, which is not followed here");
    }
  }
}
