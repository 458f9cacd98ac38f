package dev.wellhead.core.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The central directory of a ZIP file (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), with zip64.
final class ZipDirectory {
  /// The largest wheels known have ten thousand entries, in 1.5 MB.
  private static final int LONGEST_DIRECTORY = 8 << 20;

  private static final int MOST_ENTRIES = 200_000;
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_LENGTH = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_LENGTH = 46;
  private static final long FULL32 = 0xffff_ffffL;

  private ZipDirectory() {}

  static List<ZipEntryHeader> entries(SeekableByteChannel zip)
      throws UnreadableArchiveException, IOException {
    long size = zip.size();
    int tailLength = (int) Math.min(size, END_LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = readAt(zip, size - tailLength, tailLength);
    int end = end(tail);
    long directoryLength = Integer.toUnsignedLong(tail.getInt(end + 12));
    long directoryStart = Integer.toUnsignedLong(tail.getInt(end + 16));
    if (directoryStart == FULL32 || directoryLength == FULL32) {
      ByteBuffer end64 = end64(zip, tail, end);
      directoryLength = end64.getLong(40);
      directoryStart = end64.getLong(48);
    }
    if (directoryLength < 0
        || directoryLength > LONGEST_DIRECTORY
        || directoryStart < 0
        || directoryStart > size - directoryLength) {
      throw new UnreadableArchiveException(
          "the central directory of this ZIP file lies outside of it or is too large");
    }
    return parse(readAt(zip, directoryStart, (int) directoryLength));
  }

  /// Reads exactly `length` bytes, little-endian.
  static ByteBuffer readAt(SeekableByteChannel zip, long at, int length)
      throws UnreadableArchiveException, IOException {
    if (at < 0 || length < 0 || at > zip.size() - length) {
      throw new UnreadableArchiveException("this ZIP file points outside of itself");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    zip.position(at);
    while (bytes.hasRemaining()) {
      if (zip.read(bytes) < 0) {
        throw new UnreadableArchiveException("this ZIP file ends early");
      }
    }
    return bytes.flip();
  }

  private static int end(ByteBuffer tail) throws UnreadableArchiveException {
    for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END
          && at + END_LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
        return at;
      }
    }
    throw new UnreadableArchiveException("this is no ZIP file: it has no end record");
  }

  private static ByteBuffer end64(SeekableByteChannel zip, ByteBuffer tail, int end)
      throws UnreadableArchiveException, IOException {
    int locator = end - LOCATOR_LENGTH;
    if (locator < 0 || tail.getInt(locator) != LOCATOR) {
      throw new UnreadableArchiveException("this ZIP file needs a zip64 locator and has none");
    }
    ByteBuffer end64 = readAt(zip, tail.getLong(locator + 8), END64_LENGTH);
    if (end64.getInt(0) != END64) {
      throw new UnreadableArchiveException("the zip64 locator of this ZIP file points nowhere");
    }
    return end64;
  }

  private static List<ZipEntryHeader> parse(ByteBuffer directory)
      throws UnreadableArchiveException {
    List<ZipEntryHeader> entries = new ArrayList<>();
    int at = 0;
    while (at < directory.limit()) {
      if (directory.limit() - at < ENTRY_LENGTH
          || directory.getInt(at) != ENTRY
          || entries.size() == MOST_ENTRIES) {
        throw new UnreadableArchiveException(
            "entry " + entries.size() + " of the central directory cannot be read");
      }
      int nameLength = Short.toUnsignedInt(directory.getShort(at + 28));
      int extraLength = Short.toUnsignedInt(directory.getShort(at + 30));
      int commentLength = Short.toUnsignedInt(directory.getShort(at + 32));
      int next = at + ENTRY_LENGTH + nameLength + extraLength + commentLength;
      if (next > directory.limit()) {
        throw new UnreadableArchiveException("the central directory of this ZIP file ends early");
      }
      entries.add(entry(directory, at, nameLength, extraLength));
      at = next;
    }
    return entries;
  }

  private static ZipEntryHeader entry(ByteBuffer directory, int at, int nameLength, int extraLength)
      throws UnreadableArchiveException {
    byte[] name = new byte[nameLength];
    directory.get(at + ENTRY_LENGTH, name);
    long[] sizes = {
      Integer.toUnsignedLong(directory.getInt(at + 24)),
      Integer.toUnsignedLong(directory.getInt(at + 20)),
      Integer.toUnsignedLong(directory.getInt(at + 42))
    };
    widen(directory, at + ENTRY_LENGTH + nameLength, extraLength, sizes);
    return new ZipEntryHeader(
        new String(name, StandardCharsets.UTF_8),
        Short.toUnsignedInt(directory.getShort(at + 10)),
        Integer.toUnsignedLong(directory.getInt(at + 16)),
        sizes[1],
        sizes[0],
        sizes[2]);
  }

  /// Replaces the sizes that are full by those of the zip64 extra field (section 4.5.3): it has
  /// them in this order, and only those that are full.
  private static void widen(ByteBuffer directory, int extra, int extraLength, long[] sizes)
      throws UnreadableArchiveException {
    int end = extra + extraLength;
    for (int at = extra; at + 4 <= end; ) {
      int length = Short.toUnsignedInt(directory.getShort(at + 2));
      if (Short.toUnsignedInt(directory.getShort(at)) == 1) {
        int value = at + 4;
        for (int i = 0; i < sizes.length; i++) {
          if (sizes[i] == FULL32) {
            if (value + 8 > Math.min(end, at + 4 + length)) {
              throw new UnreadableArchiveException("a zip64 field of this ZIP file is too short");
            }
            sizes[i] = directory.getLong(value);
            value += 8;
          }
        }
      }
      at += 4 + length;
    }
    for (long size : sizes) {
      if (size < 0) {
        throw new UnreadableArchiveException("this ZIP file states a negative size");
      }
    }
  }
}
