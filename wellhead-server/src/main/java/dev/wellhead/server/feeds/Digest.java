package dev.wellhead.server.feeds;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The first half of the SHA-256 of a record as it came, by which it is known again.
record Digest(long high, long low) {
  private static final int LENGTH = 16;

  static Digest of(byte[] content) {
    ByteBuffer sha256 = ByteBuffer.wrap(sha256().digest(content));
    return new Digest(sha256.getLong(), sha256.getLong());
  }

  static Digest read(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    return new Digest(bytes.getLong(), bytes.getLong());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
