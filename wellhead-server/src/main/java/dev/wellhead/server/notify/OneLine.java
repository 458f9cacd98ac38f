package dev.wellhead.server.notify;

/// Texts of others as one harmless line.
final class OneLine {
  private OneLine() {}

  /// `text` without control, format and separator characters (which could begin a header of a mail,
  /// steer a terminal or turn the direction of writing), and at most `most` characters long.
  static String of(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most));
    boolean cut = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int kept = isHarmless(c) ? c : ' ';
      if (line.length() + Character.charCount(kept) > most - 1) {
        cut = i < text.length() || line.length() + Character.charCount(kept) > most;
        if (!cut) {
          line.appendCodePoint(kept);
        }
        break;
      }
      line.appendCodePoint(kept);
    }
    String stripped = line.toString().strip();
    return cut ? stripped + "…" : stripped;
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
