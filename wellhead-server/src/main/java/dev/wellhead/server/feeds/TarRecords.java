package dev.wellhead.server.feeds;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The regular files of a tar archive, in their order, each under the name in its own header.
///
/// Long names come shortened: the name of a record is for people, what it is stands in the record.
final class TarRecords {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_DIGITS = 12;
  private static final int TYPE_AT = 156;

  private TarRecords() {}

  /// Takes a file; what it leaves unread is passed over.
  interface FileTaker<X extends Exception> {
    void take(String name, InputStream content) throws X, FeedRefusedException, IOException;
  }

  static <X extends Exception> void each(InputStream tar, FileTaker<X> taker)
      throws X, FeedRefusedException, IOException {
    byte[] header = new byte[BLOCK];
    while (true) {
      if (tar.readNBytes(header, 0, BLOCK) < BLOCK) {
        throw new EOFException("it ends without the mark of its end");
      }
      if (header[0] == 0) {
        tar.transferTo(
            java.io.OutputStream.nullOutputStream()); // to the end, where gzip has its checksum
        return;
      }
      long size = size(header);
      char type = (char) (header[TYPE_AT] & 0xff);
      Content content = new Content(tar, size);
      if (type == '0' || type == '\0') {
        taker.take(name(header), content);
      }
      tar.skipNBytes(content.left + (BLOCK - size % BLOCK) % BLOCK);
    }
  }

  private static String name(byte[] header) {
    int end = 0;
    while (end < NAME_LENGTH && header[end] != 0) {
      end++;
    }
    return new String(header, 0, end, StandardCharsets.UTF_8);
  }

  private static long size(byte[] header) throws IOException {
    String digits =
        new String(header, SIZE_AT, SIZE_DIGITS, StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw new EOFException("a header in it has no size");
    }
    return Long.parseLong(digits, 8);
  }

  /// The bytes of one file.
  private static final class Content extends FilterInputStream {
    private long left;

    Content(InputStream tar, long size) {
      super(tar);
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(into, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException("a file in it breaks off");
      }
      left -= read;
      return read;
    }

    @Override
    public void close() {
      // the archive goes on
    }
  }
}
