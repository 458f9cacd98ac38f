package dev.wellhead.testkit.transcript;

import java.util.ArrayList;
import java.util.List;

/// One word of a transcript line; `quoted` tells `"200"` from `200`.
///
/// Within quotes `\n`, `\r`, `\t`, `\0`, `\xNN`, `\"` and `\\` stand for what they do in C.
record Word(String text, boolean quoted) {

  static List<Word> split(String line, Place place) {
    List<Word> words = new ArrayList<>();
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == ' ' || c == '\t') {
        i++;
      } else if (c == '"') {
        int end = closingQuote(line, i + 1, place);
        words.add(new Word(unescape(line.substring(i + 1, end), place), true));
        i = end + 1;
      } else {
        int end = i;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
          end++;
        }
        words.add(new Word(line.substring(i, end), false));
        i = end;
      }
    }
    return words;
  }

  private static int closingQuote(String line, int from, Place place) {
    int i = from;
    while (i < line.length() && line.charAt(i) != '"') {
      i += line.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= line.length()) {
      throw new TranscriptFailure(place, "a quote is opened and never closed");
    }
    return i;
  }

  private static String unescape(String text, Place place) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        i++;
      } else if (text.charAt(i + 1) == 'x') {
        out.append((char) hex(text, i + 2, place));
        i += 4;
      } else {
        out.append(escaped(text.charAt(i + 1), place));
        i += 2;
      }
    }
    return out.toString();
  }

  private static int hex(String text, int at, Place place) {
    if (at + 2 > text.length()) {
      throw new TranscriptFailure(place, "\\x needs two hex digits");
    }
    try {
      return Integer.parseInt(text, at, at + 2, 16);
    } catch (NumberFormatException e) {
      throw new TranscriptFailure(place, "\\x needs two hex digits", e);
    }
  }

  private static char escaped(char c, Place place) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '0' -> '\0';
      case '"', '\\' -> c;
      default -> throw new TranscriptFailure(place, "unknown escape \\" + c + " in quotes");
    };
  }
}
