package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The first bytes of a stream, and a fault where there are more. The stream itself stays open.
final class BoundedInput extends InputStream {
  private final InputStream in;
  private final long maxBytes;
  private long count;
  private @Nullable IOException fault;

  BoundedInput(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /// What the stream itself failed with, if it did.
  @Nullable IOException fault() {
    return fault;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException own) {
      fault = own;
      throw own;
    }
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
