package dev.wellhead.server.boot;

/// Text that others wrote, as a line of the terminal may show it.
final class Printable {
  private static final int LONGEST = 600;

  private Printable() {}

  /// On one line, without what steers a terminal, and shortened.
  static String text(String text) {
    String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
