package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/// Sends part of a file without copying it: what is mapped goes from the page cache to the socket,
/// by `sendfile` where no TLS stands between ([FileRegions]).
///
/// Files of usual size stay mapped for a while ([MappedFiles]); larger ones are sent through
/// windows that are unmapped at once and not by the collector, so that the memory of a 2 GB
/// download is that of one window.
final class FileSender implements AutoCloseable {
  /// Bytes mapped at a time.
  static final int WINDOW = 4 * 1024 * 1024;

  /// Below this, reading costs less than mapping.
  private static final int SMALL = 64 * 1024;

  private final Response.Body.FilePart part;
  private final FileChannel channel;
  private final long fileSize;
  private final MappedFiles mapped;

  private FileSender(
      Response.Body.FilePart part, FileChannel channel, long fileSize, MappedFiles mapped) {
    this.part = part;
    this.channel = channel;
    this.fileSize = fileSize;
    this.mapped = mapped;
  }

  /// Opens the file, and makes sure that it has the bytes which the headers will promise.
  static FileSender open(Response.Body.FilePart part, MappedFiles mapped) throws IOException {
    FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.READ);
    long size = channel.size();
    if (size < part.from() + part.length()) {
      channel.close();
      throw new IOException(part.path() + " has only " + size + " bytes, " + part);
    }
    return new FileSender(part, channel, size, mapped);
  }

  /// Sends all but the last small piece, waiting for the client; returns that piece.
  ByteBuffer send(Content.Sink sink) throws IOException {
    long length = part.length();
    if (length <= SMALL) {
      return read(part.from(), (int) length);
    }
    if (fileSize <= MappedFiles.LARGEST) {
      try (MappedFiles.Lease file = mapped.borrow(part, fileSize)) {
        write(sink, file.buffer(), file.isInMemory());
      }
      return BufferUtil.EMPTY_BUFFER;
    }
    long end = part.from() + length;
    long at = part.from();
    while (end - at > SMALL) {
      long size = Math.min(end - at, WINDOW);
      try (Arena arena = Arena.ofShared()) {
        MemorySegment window = channel.map(FileChannel.MapMode.READ_ONLY, at, size, arena);
        mapped.regions().add(window, channel, at);
        try {
          write(sink, window.asByteBuffer(), MappedFile.looksLoaded(window));
        } finally {
          mapped.regions().remove(window);
        }
      }
      at += size;
    }
    return read(at, (int) (end - at));
  }

  private ByteBuffer read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the file was cut while it was sent");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// A page of the window that is not in memory is read from disk by whoever writes. `BLOCKING`
  /// keeps that away from the selector threads; what is in memory they send themselves, which saves
  /// a change of threads each time that the socket has room again.
  private static void write(Content.Sink sink, ByteBuffer bytes, boolean inMemory)
      throws IOException {
    InvocationType type = inMemory ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
    try (Blocker.Callback done = Blocker.callback()) {
      sink.write(false, bytes, Callback.from(type, done::succeeded, done::failed));
      done.block();
    }
  }
}
