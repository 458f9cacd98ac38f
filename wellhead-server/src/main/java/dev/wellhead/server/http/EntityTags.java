package dev.wellhead.server.http;

import java.util.List;

/// Lists of entity tags in conditional headers (RFC 9110 section 8.8.3).
final class EntityTags {
  private EntityTags() {}

  /// Whether one of these `If-None-Match` lines is `*` or names `etag`, compared weakly. A
  /// malformed rest of a line matches nothing.
  static boolean anyMatches(List<String> lines, String etag) {
    for (String line : lines) {
      if (line.equals(etag) || line.strip().equals("*") || listed(line, opaque(etag))) {
        return true;
      }
    }
    return false;
  }

  private static boolean listed(String line, String wanted) {
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == ',' || c == ' ' || c == '\t') {
        at++;
        continue;
      }
      int quote = line.startsWith("W/", at) ? at + 2 : at;
      int end =
          quote < line.length() && line.charAt(quote) == '"' ? line.indexOf('"', quote + 1) : -1;
      if (end < 0) {
        return false;
      }
      if (line.regionMatches(quote, wanted, 0, wanted.length())
          && end + 1 - quote == wanted.length()) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }
}
