package dev.wellhead.core.pypi;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts a page's bytes together: the page's own text as it is, text from strangers escaped for JSON
/// or HTML.
///
/// Both escapes write the same characters. What HTML cannot carry unchanged (control characters
/// other than tab and line ends) and what UTF-8 cannot (halves of surrogate pairs) becomes U+FFFD
/// in both, so that the two forms of a page agree.
final class PageWriter {
  /// No character takes more bytes than `&quot;`.
  private static final int MOST_BYTES_OF_A_CHARACTER = 6;

  private static final char REPLACEMENT = '\uFFFD';

  private byte[] bytes;
  private int length;

  PageWriter(int expectedLength) {
    bytes = new byte[Math.max(expectedLength, 64)];
  }

  /// Writes plain ASCII that is known to need no escape.
  PageWriter raw(String ascii) {
    int count = ascii.length();
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  PageWriter number(long number) {
    return raw(Long.toString(number));
  }

  /// Writes `text` as a JSON string, with its quotes.
  PageWriter json(String text) {
    int count = text.length();
    reserve((long) count * MOST_BYTES_OF_A_CHARACTER + 2);
    bytes[length++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> {
          bytes[length++] = '\\';
          bytes[length++] = (byte) c;
        }
        case '\n' -> raw("\\n");
        case '\r' -> raw("\\r");
        case '\t' -> raw("\\t");
        default -> i += character(c, text, i);
      }
    }
    bytes[length++] = '"';
    return this;
  }

  /// Writes `text` as a JSON string, or `null`.
  PageWriter jsonOrNull(@Nullable String text) {
    return text == null ? raw("null") : json(text);
  }

  /// Writes `text` for the content of an HTML element or for an attribute's value in double quotes.
  PageWriter html(String text) {
    int count = text.length();
    reserve((long) count * MOST_BYTES_OF_A_CHARACTER);
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> raw("&amp;");
        case '<' -> raw("&lt;");
        case '>' -> raw("&gt;");
        case '"' -> raw("&quot;");
        case '\'' -> raw("&#39;");
        case '\n' -> raw("&#10;");
        case '\r' -> raw("&#13;");
        case '\t' -> raw("&#9;");
        default -> i += character(c, text, i);
      }
    }
    return this;
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Passes on what was written so far and starts anew.
  void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  /// Writes the character at `i`, and says how many further chars of `text` that took.
  private int character(char c, String text, int i) {
    if (c >= ' ' && c < 0x7F) {
      bytes[length++] = (byte) c;
      return 0;
    }
    if (c < 0xA0) {
      return unit(REPLACEMENT);
    }
    if (!Character.isSurrogate(c)) {
      return unit(c);
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      int codePoint = Character.toCodePoint(c, text.charAt(i + 1));
      bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
      bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
      return 1;
    }
    return unit(REPLACEMENT);
  }

  private int unit(char c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xC0 | (c >> 6));
    } else {
      bytes[length++] = (byte) (0xE0 | (c >> 12));
      bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
    return 0;
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, bytes.length * 3L / 2)));
    }
  }
}
