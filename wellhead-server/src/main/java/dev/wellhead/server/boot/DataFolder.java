package dev.wellhead.server.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A data folder that this process owns, until it is closed.
///
/// The operating system holds the lock, so a crash leaves none behind. The process id in the file
/// is only for the sentence that a second process prints.
final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = "wellhead.lock";

  /// Is there while a backup is restored into the folder.
  private static final String UNFINISHED = "restoring";

  private static final String SETTINGS_FILE = "wellhead.toml";

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Makes the folder where it is missing and takes its lock.
  ///
  /// @throws RefusedException where it cannot be written or another process has it
  static DataFolder own(Path folder) throws RefusedException {
    return own(folder, "stop that one, or give this one a folder of its own with --data.");
  }

  private static DataFolder own(Path folder, String whenInUse) throws RefusedException {
    Path path = folder.toAbsolutePath().normalize();
    if (Files.exists(path.resolve(UNFINISHED))) {
      throw new RefusedException(
          "A restore into %s was begun and not finished: call wellhead restore again, which begins anew, or remove the folder."
              .formatted(path));
    }
    return take(path, whenInUse);
  }

  /// Makes a folder for a backup to be restored into, which nobody else takes before [#finish].
  ///
  /// It may hold a settings file; what a restore that was cut off left there is removed.
  ///
  /// @throws RefusedException where anything else is there
  static DataFolder fresh(Path folder) throws RefusedException {
    Path path = folder.toAbsolutePath().normalize();
    boolean begun = Files.exists(path.resolve(UNFINISHED));
    try {
      Optional<Path> other = begun ? Optional.empty() : other(path);
      if (other.isPresent()) {
        throw new RefusedException(
            "The folder %s is not empty (%s is there): name one that is not there yet. Only a wellhead.toml may lie there already."
                .formatted(path, other.get().getFileName()));
      }
      DataFolder data = take(path, "stop that one, or name another folder with --data.");
      if (begun) {
        data.empty();
      }
      Files.write(path.resolve(UNFINISHED), new byte[0]);
      return data;
    } catch (IOException e) {
      throw new RefusedException("The folder %s cannot be used: %s.".formatted(path, why(e)), e);
    }
  }

  /// What is here is whole.
  void finish() throws IOException {
    Files.delete(path.resolve(UNFINISHED));
    try (FileChannel names = FileChannel.open(path, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /// Removes everything but the lock, the mark of what is unfinished, and the settings.
  void empty() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        String name = path.relativize(one).toString();
        if (!List.of("", "tmp", LOCK_FILE, UNFINISHED, SETTINGS_FILE).contains(name)) {
          Files.delete(one);
        }
      }
    }
  }

  private static Optional<Path> other(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> !file.endsWith(SETTINGS_FILE)).findFirst();
    }
  }

  private static DataFolder take(Path path, String whenInUse) throws RefusedException {
    try {
      // The databases hold client addresses; a folder that is there already keeps its permissions.
      Files.createDirectories(path, forTheOwner(path));
      Files.createDirectories(path.resolve("tmp"), forTheOwner(path));
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        String owner = owner(channel);
        channel.close();
        throw new RefusedException(
            "The data folder %s is in use by another Wellhead%s: %s"
                .formatted(path, owner, whenInUse));
      }
      write(channel, ProcessHandle.current().pid() + "\n");
      sweep(path.resolve("tmp"));
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new RefusedException(
          "The data folder %s cannot be used: %s. Give Wellhead a folder that it may write with --data."
              .formatted(path, why(e)),
          e);
    }
  }

  /// The same for a folder that must be there already.
  ///
  /// @param whenInUse what to do where another process has it: the end of the sentence
  /// @throws RefusedException where there is none, too
  static DataFolder ownExisting(Path folder, String whenInUse) throws RefusedException {
    if (!Files.isDirectory(folder)) {
      throw new RefusedException(
          "There is no data folder %s: name the one that the server uses with --data."
              .formatted(folder.toAbsolutePath().normalize()));
    }
    return own(folder, whenInUse);
  }

  /// The folder, absolute.
  Path path() {
    return path;
  }

  /// For files that need not outlive the process.
  Path temporary() {
    return path.resolve("tmp");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileAttribute<?>[] forTheOwner(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// A killed process leaves its temporary files; nobody else can own any here.
  private static void sweep(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(file);
        }
      }
    }
  }

  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "writing to " + denied.getFile() + " is not allowed";
      case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
      case NoSuchFileException file -> file.getFile() + " cannot be made";
      case FileSystemException file when file.getReason() != null ->
          file.getFile() + ": " + file.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
