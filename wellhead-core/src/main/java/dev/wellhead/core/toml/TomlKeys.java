package dev.wellhead.core.toml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where each key stands in a TOML text that a parser has accepted already.
///
/// The parser builds a tree without places, and a person who mistyped a key wants the line. This
/// walk knows just enough of TOML 1.0 to find keys: tables, dotted and quoted keys, inline tables,
/// and how to step over strings, arrays and comments.
public final class TomlKeys {
  private final String text;
  private final Map<String, String> places = new HashMap<>();

  /// How many tables each array of tables has so far.
  private final Map<String, Integer> tables = new HashMap<>();

  private int at;
  private int line = 1;
  private int lineStart;

  private TomlKeys(String text) {
    this.text = text;
  }

  /// `line:column` (both from 1) for the dotted path of each key and table. The tables of an array
  /// are numbered: `tests[0].name`.
  public static Map<String, String> places(String text) {
    TomlKeys keys = new TomlKeys(text);
    keys.document();
    return Map.copyOf(keys.places);
  }

  private void document() {
    String table = "";
    while (skipBlank()) {
      if (peek() == '[') {
        table = header();
        while (more() && peek() != '\n') {
          step();
        }
      } else {
        pair(table);
      }
    }
  }

  private String header() {
    String place = place();
    boolean another = text.startsWith("[[", at);
    while (more() && (peek() == '[' || isSpace())) {
      step();
    }
    String path = key("", place);
    if (!another) {
      return path;
    }
    tables.merge(path, 1, Integer::sum);
    places.putIfAbsent(numbered(path), place);
    return numbered(path);
  }

  /// The path of the last table of an array that stands at `path`, else `path`.
  private String numbered(String path) {
    Integer count = tables.get(path);
    return count == null ? path : path + "[" + (count - 1) + "]";
  }

  private void pair(String table) {
    int before = at;
    String path = key(table, place());
    skipSpaces();
    if (more() && peek() == '=') {
      step();
      skipSpaces();
      value(path);
    }
    if (at == before) {
      step();
    }
  }

  /// Reads a dotted key, notes the place of every prefix not noted yet, and answers its path.
  private String key(String table, String place) {
    List<String> parts = new ArrayList<>();
    while (more()) {
      skipSpaces();
      if (peek() == '"' || peek() == '\'') {
        parts.add(string());
      } else {
        int start = at;
        while (more() && isBare(peek())) {
          step();
        }
        parts.add(text.substring(start, at));
      }
      skipSpaces();
      if (peek() != '.') {
        break;
      }
      step();
    }
    String path = table;
    for (String part : parts) {
      path = path.isEmpty() ? part : numbered(path) + "." + part;
      places.putIfAbsent(path, place);
    }
    return path;
  }

  private void value(String path) {
    if (peek() == '"' || peek() == '\'') {
      string();
    } else if (peek() == '[') {
      step();
      while (skipBlank() && peek() != ']') {
        element(path);
      }
      step();
    } else if (peek() == '{') {
      step();
      while (skipBlank() && peek() != '}') {
        if (peek() == ',') {
          step();
        } else {
          pair(path);
        }
      }
      step();
    } else {
      while (more() && ",]}#\n".indexOf(peek()) < 0) {
        step();
      }
    }
  }

  private void element(String path) {
    int before = at;
    value(path);
    if (more() && (peek() == ',' || at == before)) {
      step();
    }
  }

  private String string() {
    char quote = peek();
    boolean several = text.startsWith(String.valueOf(quote).repeat(3), at);
    for (int i = 0; i < (several ? 3 : 1); i++) {
      step();
    }
    int start = at;
    while (more() && !(several ? closesSeveral(quote) : peek() == quote)) {
      if (quote == '"' && peek() == '\\') {
        step();
      }
      step();
    }
    String inside = text.substring(start, Math.min(at, text.length()));
    for (int i = 0; i < (several ? 3 : 1); i++) {
      step();
    }
    return inside;
  }

  /// A multi-line string may end in up to two quotes of its own, right before the closing three.
  private boolean closesSeveral(char quote) {
    String three = String.valueOf(quote).repeat(3);
    return text.startsWith(three, at) && (at + 3 >= text.length() || text.charAt(at + 3) != quote);
  }

  /// Steps over spaces, line ends and comments; false at the end of the text.
  private boolean skipBlank() {
    while (more() && (isSpace() || peek() == '\n' || peek() == '#')) {
      if (peek() == '#') {
        while (more() && peek() != '\n') {
          step();
        }
      } else {
        step();
      }
    }
    return more();
  }

  private void skipSpaces() {
    while (more() && isSpace()) {
      step();
    }
  }

  private boolean isSpace() {
    return peek() == ' ' || peek() == '\t' || peek() == '\r';
  }

  private static boolean isBare(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private boolean more() {
    return at < text.length();
  }

  private char peek() {
    return more() ? text.charAt(at) : '\0';
  }

  private void step() {
    if (peek() == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }

  private String place() {
    return line + ":" + (at - lineStart + 1);
  }
}
