package dev.wellhead.server.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The path of a file's URL as decoded segments: none empty, none `.` or `..`, none with a slash, a
/// backslash, a percent sign or a control character.
///
/// Those are the paths that one spelling decides: decoded or encoded, they come back to the same
/// URL. A percent sign is left out since it alone would make a decoded path readable as an encoded
/// one; no file name has it.
record FilePath(List<String> segments) {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  FilePath {
    segments = List.copyOf(segments);
  }

  /// From a path that begins with `/`, percent-encoded or not.
  static Optional<FilePath> parse(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(1).split("/", -1)) {
      Optional<String> segment = decoded(raw).filter(FilePath::isPlain);
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      segments.add(segment.get());
    }
    return Optional.of(new FilePath(segments));
  }

  /// In bytes, decoded.
  int length() {
    return String.join("/", segments).getBytes(StandardCharsets.UTF_8).length;
  }

  String filename() {
    return segments.getLast();
  }

  /// The canonical spelling, without a leading slash: all but RFC 3986's unreserved characters is
  /// encoded, `+` too, which some object stores would take for a blank.
  String encoded() {
    StringBuilder out = new StringBuilder();
    for (String segment : segments) {
      out.append(out.isEmpty() ? "" : "/");
      for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
        if (octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
          out.append((char) octet);
        } else {
          out.append('%').append(hex(octet >> 4)).append(hex(octet));
        }
      }
    }
    return out.toString();
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment
            .chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == '%' || Character.isISOControl(c));
  }

  private static Optional<String> decoded(String raw) {
    ByteBuffer octets = ByteBuffer.allocate(raw.length() * 3);
    int i = 0;
    while (i < raw.length()) {
      if (raw.charAt(i) == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        octets.put((byte) (high << 4 | low));
        i += 3;
      } else {
        int character = raw.codePointAt(i);
        octets.put(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(character);
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static char hex(int octet) {
    return "0123456789ABCDEF".charAt(octet & 0xf);
  }
}
