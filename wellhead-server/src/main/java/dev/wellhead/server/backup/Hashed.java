package dev.wellhead.server.backup;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Streams that count and hash what goes through them.
final class Hashed {
  private Hashed() {}

  /// What goes out.
  static final class Out extends OutputStream {
    private final OutputStream out;
    private final MessageDigest hash = newHash();
    private long bytes;

    Out(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) throws IOException {
      out.write(data, from, length);
      hash.update(data, from, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }

    Sha256 digest() {
      return Sha256.of(hash.digest());
    }

    long bytes() {
      return bytes;
    }
  }

  /// What comes in.
  static final class In extends InputStream {
    private final InputStream in;
    private final MessageDigest hash = newHash();

    In(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] data, int from, int length) throws IOException {
      int read = in.read(data, from, length);
      if (read > 0) {
        hash.update(data, from, read);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    /// Of all that there is, also of what nobody has read yet.
    Sha256 digest() throws IOException {
      transferTo(OutputStream.nullOutputStream());
      return Sha256.of(hash.digest());
    }
  }

  private static MessageDigest newHash() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
