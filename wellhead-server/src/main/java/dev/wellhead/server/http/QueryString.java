package dev.wellhead.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query of a request target, as `name=value` pairs joined by `&`.
final class QueryString {
  /// Most pairs that are read.
  static final int PAIR_LIMIT = 64;

  private QueryString() {}

  /// The first value of each name, decoded, or null when a code is malformed or there are too many
  /// pairs.
  static @Nullable Map<String, String> parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return Map.of();
    }
    String[] pairs = raw.split("&", PAIR_LIMIT + 1);
    if (pairs.length > PAIR_LIMIT) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = Percent.decode(spaces(equals < 0 ? pair : pair.substring(0, equals)));
      String value = Percent.decode(spaces(equals < 0 ? "" : pair.substring(equals + 1)));
      if (name == null || value == null || value.indexOf('\0') >= 0) {
        return null;
      }
      values.putIfAbsent(name, value);
    }
    return values;
  }

  private static String spaces(String part) {
    return part.replace('+', ' ');
  }
}
