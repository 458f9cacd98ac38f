package dev.wellhead.server.feeds;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A record's bytes as they are kept: deflated, fast rather than small, since a load writes many.
final class Packed {
  private static final int BUFFER = 8192;

  private Packed() {}

  static byte[] pack(byte[] record) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(record);
      deflater.finish();
      byte[] packed = new byte[Math.max(64, record.length / 2)];
      int length = 0;
      while (!deflater.finished()) {
        if (length == packed.length) {
          packed = Arrays.copyOf(packed, packed.length * 2);
        }
        length += deflater.deflate(packed, length, packed.length - length);
      }
      return Arrays.copyOf(packed, length);
    } finally {
      deflater.end();
    }
  }

  static byte[] unpack(byte[] packed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteArrayOutputStream record = new ByteArrayOutputStream(packed.length * 4);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        if (read == 0) {
          throw new IllegalStateException("a record in the database is cut off");
        }
        record.write(buffer, 0, read);
      }
      return record.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("a record in the database is damaged", e);
    } finally {
      inflater.end();
    }
  }
}
