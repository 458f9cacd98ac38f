package dev.wellhead.server.fetches;

/// Makes text of strangers fit to be kept: no control characters, no halves of characters (which
/// PostgreSQL refuses), not longer than a limit.
final class PlainText {
  private PlainText() {}

  static String of(String text, int limit) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .limit(limit)
        .forEach(plain::appendCodePoint);
    return plain.toString().strip();
  }
}
