package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// A backup as a folder of files, which nobody else can read.
final class FolderOut implements PartsOut {
  private final Path folder;
  private final Set<Path> folders = new HashSet<>();
  private Path last;
  private boolean finished;

  private FolderOut(Path folder) {
    this.folder = folder;
    this.last = folder;
  }

  static FolderOut into(Path folder) throws BackupRefusedException, IOException {
    if (Files.exists(folder)) {
      if (!Files.isDirectory(folder)) {
        throw new BackupRefusedException(folder + " is a file; name a folder, or a file.tar.");
      }
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new BackupRefusedException(
              Files.exists(folder.resolve(Manifest.NAME))
                  ? folder + " holds a backup already; name a folder that is not there yet."
                  : folder
                      + " is not empty; name a folder that is not there yet, or remove this one"
                      + " where it is a backup that was cut off.");
        }
      }
    }
    Files.createDirectories(folder, privately("rwx------"));
    return new FolderOut(folder);
  }

  @Override
  public OutputStream begin(String name) throws IOException {
    last = folder.resolve(name);
    Path parent = last.getParent();
    if (parent != null && folders.add(parent)) {
      Files.createDirectories(parent, privately("rwx------"));
    }
    FileChannel channel =
        FileChannel.open(
            last,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            privately("rw-------"));
    return new DurableOutput(channel);
  }

  @Override
  public void takeBack() throws IOException {
    Files.delete(last);
  }

  @Override
  public void finish(String name, byte[] content) throws IOException {
    for (Path one : folders) {
      sync(one);
    }
    try (OutputStream out = begin(name + ".partial")) {
      out.write(content);
    }
    sync(folder);
    Files.move(last, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static FileAttribute<?>[] privately(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /// A file that is on the disk once it is closed.
  private static final class DurableOutput extends OutputStream {
    private final FileChannel channel;
    private final OutputStream out;

    DurableOutput(FileChannel channel) {
      this.channel = channel;
      this.out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        if (channel.isOpen()) {
          channel.force(true);
        }
      }
    }
  }
}
