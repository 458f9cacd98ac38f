package dev.wellhead.server.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Judges and decodes the path of a request target before any handler sees it.
///
/// What is refused here has no honest use in a path, and each has fooled some server or proxy about
/// which file is meant: dot segments, encoded slashes, backslashes, control characters, text that
/// is not UTF-8.
final class RequestPath {
  /// Longest segment, in characters after decoding.
  static final int SEGMENT_LIMIT = 2_048;

  private RequestPath() {}

  /// A sentence that says why this raw path is refused, or null when it is sound.
  static @Nullable String complaint(String raw) {
    if (!raw.startsWith("/")) {
      return "The request target must be a path that begins with a slash.";
    }
    if (raw.indexOf('%') >= 0) {
      String lower = raw.toLowerCase(Locale.ROOT);
      if (lower.contains("%2f") || lower.contains("%5c")) {
        return "The path holds an encoded slash or backslash, which no name served here has.";
      }
    }
    String decoded = decoded(raw);
    return decoded == null
        ? "The path holds a percent code that is malformed, or text that is not UTF-8."
        : complaintOfDecoded(decoded);
  }

  /// The decoded form of a path that has no complaint.
  static String decode(String raw) {
    String decoded = decoded(raw);
    if (decoded == null) {
      throw new IllegalArgumentException("not a sound path");
    }
    return decoded;
  }

  private static @Nullable String decoded(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c > 0x7e) {
        return Percent.decode(raw);
      }
    }
    return raw;
  }

  private static @Nullable String complaintOfDecoded(String path) {
    int start = 1;
    for (int i = 1; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      if (Character.isISOControl(c)) {
        return "The path holds a control character.";
      }
      if (c == '\\') {
        return "The path holds a backslash; segments are separated by slashes.";
      }
      if (c == '/') {
        String bad = complaintOfSegment(path, start, i);
        if (bad != null) {
          return bad;
        }
        start = i + 1;
      }
    }
    return null;
  }

  private static @Nullable String complaintOfSegment(String path, int start, int end) {
    int length = end - start;
    if (length == 0 && end < path.length()) {
      return "The path holds an empty segment: two slashes in a row.";
    }
    if (length > SEGMENT_LIMIT) {
      return "A segment of the path is longer than " + SEGMENT_LIMIT + " characters.";
    }
    boolean dots = length == 1 && path.charAt(start) == '.';
    dots |= length == 2 && path.charAt(start) == '.' && path.charAt(start + 1) == '.';
    return dots ? "The path holds a `.` or `..` segment; send the path it leads to." : null;
  }
}
