package dev.wellhead.server.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;

/// A backup as one tar archive, under another name until it is whole.
final class TarOut implements PartsOut {
  private final Path file;
  private final Path partial;
  private final FileChannel channel;
  private final Instant now;
  private long lastBegin;
  private boolean finished;

  private TarOut(Path file, Path partial, FileChannel channel, Instant now) {
    this.file = file;
    this.partial = partial;
    this.channel = channel;
    this.now = now;
  }

  static TarOut into(Path file, Instant now) throws BackupRefusedException, IOException {
    if (Files.exists(file)) {
      throw new BackupRefusedException(file + " is there already; name another file.");
    }
    Path parent = file.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new BackupRefusedException("There is no folder " + parent + "; make it first.");
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial); // of a backup that was cut off
    FileChannel channel =
        FileChannel.open(
            partial,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            FolderOut.privately("rw-------"));
    return new TarOut(file, partial, channel, now);
  }

  /// The size is put into the header when the part ends.
  @Override
  public OutputStream begin(String name) throws IOException {
    lastBegin = channel.position();
    channel.position(lastBegin + TarHeader.BLOCK);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    return new OutputStream() {
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
        out.flush();
        end(name);
      }
    };
  }

  @Override
  public void takeBack() throws IOException {
    channel.truncate(lastBegin);
    channel.position(lastBegin);
  }

  @Override
  public void finish(String name, byte[] content) throws IOException {
    try (OutputStream out = begin(name)) {
      out.write(content);
    }
    put(new byte[2 * TarHeader.BLOCK], channel.position());
    channel.force(true);
    channel.close();
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    Path parent = file.getParent();
    if (parent != null) {
      FolderOut.sync(parent);
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!finished) {
      Files.deleteIfExists(partial);
    }
  }

  private void end(String name) throws IOException {
    long end = channel.position();
    TarHeader header = new TarHeader(name, end - lastBegin - TarHeader.BLOCK, true);
    put(header.bytes(now.getEpochSecond()), lastBegin);
    put(new byte[(int) (header.padded() - header.size())], end);
    channel.position(lastBegin + TarHeader.BLOCK + header.padded());
  }

  private void put(byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, at + buffer.position());
    }
  }
}
