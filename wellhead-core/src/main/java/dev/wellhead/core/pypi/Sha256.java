package dev.wellhead.core.pypi;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// A SHA-256 digest as 64 lower-case hexadecimal digits. The one canonical spelling, so that two
/// spellings of a digest are never two values.
public record Sha256(String hex) implements Comparable<Sha256> {
  private static final int DIGITS = 64;

  public Sha256 {
    if (!isCanonical(hex)) {
      throw new IllegalArgumentException("not a SHA-256 digest in lower-case hexadecimal: " + hex);
    }
  }

  /// The digest that `text` spells, in either case, or empty where it spells none.
  public static Optional<Sha256> of(String text) {
    if (text.length() != DIGITS) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return isCanonical(lower) ? Optional.of(new Sha256(lower)) : Optional.empty();
  }

  /// The digest whose 32 bytes are `digest`; anything else is a bug of the caller.
  public static Sha256 of(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  @Override
  public int compareTo(Sha256 other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }

  private static boolean isCanonical(String hex) {
    return hex.length() == DIGITS && Hex.isLower(hex);
  }
}
