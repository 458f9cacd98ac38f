package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/// The first bytes of a stream, and a fault where there are more. The stream itself stays open.
final class BoundedInput extends InputStream {
  private final InputStream in;
  private final long maxBytes;
  private long count;

  BoundedInput(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) throws TooLongException {
    count += read;
    if (count > maxBytes) {
      throw new TooLongException(maxBytes);
    }
  }

  /// The message is what is said of the page.
  static final class TooLongException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLongException(long maxBytes) {
      super("The page passes a limit: it is longer than " + maxBytes + " bytes.");
    }
  }
}
