package dev.wellhead.core.pypi;

import org.jspecify.annotations.Nullable;

/// A place in a text that only moves on, one look ahead: every parser here reads its text once.
final class Cursor {
  /// No character of a text: what lies behind the end. Not a legal character anywhere we look.
  static final char END = '\uFFFF';

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  /// Goes back to a `position()` seen before.
  void back(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return atEnd() ? END : text.charAt(at);
  }

  /// Moves past `c` if it stands here.
  boolean accept(char c) {
    if (atEnd() || text.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  /// Moves past `word` if it stands here.
  boolean accept(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  /// Moves past `word`, given in lower case, in whatever case it stands here. ASCII alone: the
  /// Turkish dotless i and the long s are not letters of any word.
  boolean acceptAnyCase(String word) {
    if (text.length() - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (lower(text.charAt(at + i)) != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  /// Moves past `word` if it stands here and no letter, digit or underscore follows it.
  boolean acceptWord(String word) {
    int end = at + word.length();
    if (!text.startsWith(word, at) || (end < text.length() && isWordPart(text.charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  /// The decimal number that stands here, without leading zeros, or null where there is none.
  @Nullable String digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    return at == start ? null : trimZeros(text.substring(start, at));
  }

  /// A name as PEP 508 has it (letters, digits and `-_.`, those three only in the middle), or null.
  @Nullable String identifier() {
    int end = at;
    for (int i = at; i < text.length() && isNamePart(text.charAt(i)); i++) {
      if (isLetterOrDigit(text.charAt(i))) {
        end = i + 1;
      } else if (i == at) {
        return null;
      }
    }
    if (end == at) {
      return null;
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  /// The letters, digits, underscores and dots that stand here: a marker variable if it is one.
  String variable() {
    int start = at;
    while (isLetterOrDigit(peek()) || peek() == '_' || peek() == '.') {
      at++;
    }
    return text.substring(start, at);
  }

  /// What stands between here and the first of `stops`, or the end of the text.
  String until(String stops) {
    int start = at;
    while (!atEnd() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /// Moves past spaces and tabs, the white space of PEP 508, and says whether there were any.
  boolean skipBlanks() {
    int start = at;
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
    return at > start;
  }

  /// Where the cursor stands, for a sentence: what is there, shortened and printable.
  String place() {
    return atEnd() ? "at the end" : "at position " + at + " before " + quote(text.substring(at));
  }

  /// A piece of a stranger's text that can be shown: at most 40 characters in quotes, none of them
  /// a control character or one that turns the direction or breaks the line of what is around it.
  static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < text.length() && i < 40; i++) {
      char c = text.charAt(i);
      out.append(isShown(c) ? c : '?');
    }
    return out.append(text.length() > 40 ? "…'" : "'").toString();
  }

  private static boolean isShown(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// `text` without white space around it, as the reference implementation sees white space: that
  /// of Unicode, not only that of ASCII.
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  static String trimZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
