package dev.wellhead.cli.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A settings file of a client, with what it was before beside it.
///
/// The backup is that of the first change and stays until it is brought back, so that several
/// changes are undone together. An empty backup stands for no file. Links are followed: what they
/// lead to is changed.
final class SettingsFile {
  private final Path file;

  SettingsFile(Path file) throws RefusedException {
    try {
      this.file = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  Path path() {
    return file;
  }

  Path backup() {
    return beside(".before-wellhead");
  }

  Path replaced() {
    return beside(".after-wellhead");
  }

  /// Puts `text` in the file's place, whole or not at all; what was there first is kept.
  void write(String before, String text) throws RefusedException {
    try {
      Files.createDirectories(folder());
      if (!Files.exists(backup())) {
        put(backup(), before);
      }
      put(file, text);
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  /// Puts back what was there before the first change. What was there meanwhile is kept as
  /// [#replaced], in case it was changed by hand.
  void undo(String now, String before) throws RefusedException {
    try {
      put(replaced(), now);
      if (before.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        put(file, before);
      }
      Files.delete(backup());
    } catch (IOException e) {
      throw cannot(file, e);
    }
  }

  private void put(Path place, String text) throws IOException {
    Path fresh = beside(".new-wellhead");
    Files.deleteIfExists(fresh);
    // Such files hold credentials often enough.
    Path like = Files.exists(file) ? file : null;
    try (FileChannel made =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      made.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      made.force(true);
    }
    PosixFileAttributeView rights = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    rights.setPermissions(
        like == null
            ? PosixFilePermissions.fromString("rw-r--r--")
            : Files.getPosixFilePermissions(like));
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path beside(String ending) {
    return folder().resolve(file.getFileName() + ending);
  }

  private Path folder() {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  private static RefusedException cannot(Path file, IOException e) {
    return new RefusedException(
        file + " cannot be changed (" + e.getClass().getSimpleName() + "): may you write there?",
        e);
  }
}
