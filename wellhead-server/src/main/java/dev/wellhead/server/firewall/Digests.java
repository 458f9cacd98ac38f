package dev.wellhead.server.firewall;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests of texts.
final class Digests {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private Digests() {}

  static String sha256(String text) {
    return HexFormat.of().formatHex(digest(text));
  }

  /// The first `length` characters of the digest in Crockford's base 32: nobody takes one of its
  /// letters for another. At most 12, of five bits each.
  static String shortened(String text, int length) {
    byte[] digest = digest(text);
    StringBuilder shortened = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int bit = i * 5;
      int pair = (digest[bit / 8] & 0xff) << 8 | (digest[bit / 8 + 1] & 0xff);
      shortened.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
    }
    return shortened.toString();
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
