package dev.wellhead.core.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Unpacked bytes that are counted, and end in an exception where they are too many.
final class BoundedUnpacking extends FilterInputStream {
  private final ReadingLimits limits;
  private final long packed;
  private long unpacked;

  /// @param packed how large the archive is, in bytes
  BoundedUnpacking(InputStream in, ReadingLimits limits, long packed) {
    super(in);
    this.limits = limits;
    this.packed = packed;
  }

  /// Carries what is wrong through code that knows of `IOException` alone.
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient UnreadableArchiveException why;

    TooMuch(UnreadableArchiveException why) {
      super(why);
      this.why = why;
    }

    UnreadableArchiveException why() {
      return why;
    }
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    return count(value < 0 ? -1 : 1) < 0 ? -1 : value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    return count(super.read(bytes, from, length));
  }

  @Override
  public long skip(long length) throws IOException {
    return Math.max(0, count((int) super.skip(Math.min(length, 1 << 16))));
  }

  private int count(int read) throws IOException {
    unpacked += Math.max(0, read);
    try {
      limits.check(unpacked, packed);
    } catch (UnreadableArchiveException e) {
      throw new TooMuch(e);
    }
    return read;
  }
}
