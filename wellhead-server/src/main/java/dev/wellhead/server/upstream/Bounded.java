package dev.wellhead.server.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends in a [TooLongException] once more than `limit` bytes came.
final class Bounded extends FilterInputStream {
  private final long limit;
  private final String what;
  private long count;

  /// @param what begins the sentence
  Bounded(InputStream in, long limit, String what) {
    super(in);
    this.limit = limit;
    this.what = what;
  }

  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int octet = in.read();
    if (octet >= 0) {
      counted(1);
    }
    return octet;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    if (read > 0) {
      counted(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) {
    return 0; // whoever skips reads instead, and is counted
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(int read) throws TooLongException {
    count += read;
    if (count > limit) {
      throw new TooLongException(
          what + " is longer than " + limit + " bytes (a setting of `upstream.limits`).");
    }
  }
}
