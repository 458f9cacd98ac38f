package dev.wellhead.core.archive;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// Bytes in memory as a file that is read: a few at a time, since a channel need not give all that
/// was asked for.
final class ReadableBytes implements SeekableByteChannel {
  private static final int AT_ONCE = 7_001;

  private final ByteBuffer bytes;

  ReadableBytes(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  @Override
  public int read(ByteBuffer into) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int length = Math.min(AT_ONCE, Math.min(into.remaining(), bytes.remaining()));
    into.put(bytes.slice(bytes.position(), length));
    bytes.position(bytes.position() + length);
    return length;
  }

  @Override
  public long position() {
    return bytes.position();
  }

  /// @throws IllegalArgumentException outside of the file, where nobody has anything to read
  @Override
  public SeekableByteChannel position(long position) {
    bytes.position(Math.toIntExact(position));
    return this;
  }

  @Override
  public long size() {
    return bytes.limit();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
