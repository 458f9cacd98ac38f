package dev.wellhead.server.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The block before each file of a tar archive (POSIX ustar), with sizes of more than 8 GiB in
/// binary, as GNU tar and others write and read them.
///
/// @param isFile whether it is a plain file; folders and what else there is are passed over
record TarHeader(String name, long size, boolean isFile) {
  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SUM_AT = 148;
  private static final long MOST_OCTAL = 0_77777777777L;

  /// How many bytes follow: the content, filled up to whole blocks.
  long padded() {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /// The block.
  byte[] bytes(long modifiedSeconds) {
    byte[] block = new byte[BLOCK];
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length >= NAME) {
      throw new IllegalArgumentException("too long for a tar header: " + name);
    }
    put(block, 0, bytes);
    put(block, 100, text("0000600\0"));
    put(block, 108, text("0000000\0"));
    put(block, 116, text("0000000\0"));
    if (size <= MOST_OCTAL) {
      put(block, SIZE_AT, text(String.format(Locale.ROOT, "%011o\0", size)));
    } else {
      ByteBuffer.wrap(block).put(SIZE_AT, (byte) 0x80).putLong(SIZE_AT + 4, size);
    }
    put(block, 136, text(String.format(Locale.ROOT, "%011o\0", modifiedSeconds)));
    block[156] = '0';
    put(block, 257, text("ustar\000" + "00"));
    put(block, SUM_AT, text(String.format(Locale.ROOT, "%06o\0 ", sum(block))));
    return block;
  }

  /// What a block says, or null where it is one of those at the end.
  static @Nullable TarHeader of(byte[] block) throws IOException {
    if (isZero(block)) {
      return null;
    }
    long stated = octal(block, SUM_AT, 8);
    if (stated != sum(block)) {
      throw new IOException("a header's sum is wrong: it is no tar archive, or a damaged one");
    }
    long size =
        (block[SIZE_AT] & 0x80) == 0
            ? octal(block, SIZE_AT, 12)
            : ByteBuffer.wrap(block).getLong(SIZE_AT + 4);
    if (size < 0) {
      throw new IOException("a size is negative: it is a damaged tar archive");
    }
    int end = 0;
    while (end < NAME && block[end] != 0) {
      end++;
    }
    String name = new String(block, 0, end, StandardCharsets.US_ASCII);
    boolean file = block[156] == '0' || block[156] == 0;
    return new TarHeader(name.startsWith("./") ? name.substring(2) : name, size, file);
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// Over all bytes, with spaces where the sum itself is.
  private static long sum(byte[] block) {
    byte[] counted = Arrays.copyOf(block, block.length);
    Arrays.fill(counted, SUM_AT, SUM_AT + 8, (byte) ' ');
    long sum = 0;
    for (byte b : counted) {
      sum += b & 0xff;
    }
    return sum;
  }

  private static long octal(byte[] block, int at, int length) throws IOException {
    String text =
        new String(block, at, length, StandardCharsets.US_ASCII).replace('\0', ' ').strip();
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a number is malformed: it is a damaged tar archive", e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void put(byte[] block, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
