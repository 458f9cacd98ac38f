package dev.wellhead.server.ledger;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes an object of strings, whole numbers and such objects in the one form that RFC 8785 gives
/// it.
///
/// Numbers are limited to what every JSON reader keeps exact (2^53), and there are no fractions, so
/// that the RFC's number rules are never needed.
final class CanonicalJson {
  private static final long LARGEST_EXACT = 1L << 53;

  private CanonicalJson() {}

  static String write(Map<String, ?> object) {
    StringBuilder out = new StringBuilder(256);
    writeObject(object, out);
    return out.toString();
  }

  private static void writeObject(Map<?, ?> object, StringBuilder out) {
    // String's order is by UTF-16 code unit, which is what RFC 8785, section 3.2.3, asks for.
    SortedMap<String, Object> sorted = new TreeMap<>();
    object.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    sorted.forEach((key, value) -> {
      if (out.charAt(out.length() - 1) != '{') {
        out.append(',');
      }
      writeString(key, out);
      out.append(':');
      writeValue(value, out);
    });
    out.append('}');
  }

  private static void writeValue(Object value, StringBuilder out) {
    switch (value) {
      case String text -> writeString(text, out);
      case Integer number -> out.append(number.intValue());
      case Long number when Math.abs(number) <= LARGEST_EXACT -> out.append(number.longValue());
      case Map<?, ?> object -> writeObject(object, out);
      default -> throw new IllegalArgumentException("not for a leaf: " + value.getClass());
    }
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u00");
            out.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
