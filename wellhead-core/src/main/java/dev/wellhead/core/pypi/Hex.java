package dev.wellhead.core.pypi;

/// What counts as hexadecimal digits.
final class Hex {
  private Hex() {}

  /// Whether `text` has nothing but `0-9a-f`.
  static boolean isLower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }
}
