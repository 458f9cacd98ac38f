package dev.wellhead.server.feeds;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipException;

/// What a zip says of itself at its end (APPNOTE 4.3.14 to 4.3.16).
final class ZipEnd {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_LENGTH = 56;
  private static final int MANY = 0xffff;

  private ZipEnd() {}

  /// How many entries there should be.
  static long entries(Path zip) throws IOException {
    try (FileChannel channel = FileChannel.open(zip, StandardOpenOption.READ)) {
      int length = (int) Math.min(channel.size(), LOCATOR_LENGTH + END_LENGTH + LONGEST_COMMENT);
      long from = channel.size() - length;
      ByteBuffer tail = read(channel, from, length);
      for (int at = length - END_LENGTH; at >= 0; at--) {
        if (tail.getInt(at) == END) {
          int few = tail.getShort(at + 10) & MANY;
          return few == MANY ? many(channel, tail, at - LOCATOR_LENGTH) : few;
        }
      }
    }
    throw new ZipException("it has no end, so that a part of it is missing");
  }

  private static long many(FileChannel channel, ByteBuffer tail, int locator) throws IOException {
    if (locator < 0 || tail.getInt(locator) != LOCATOR) {
      return MANY;
    }
    long at = tail.getLong(locator + 8);
    if (at < 0 || at > channel.size() - END64_LENGTH) {
      throw new ZipException("its end points outside of it");
    }
    ByteBuffer end = read(channel, at, END64_LENGTH);
    if (end.getInt(0) != END64) {
      throw new ZipException("its end points to something else");
    }
    return end.getLong(32);
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new ZipException("it became shorter while it was read");
      }
    }
    return bytes;
  }
}
