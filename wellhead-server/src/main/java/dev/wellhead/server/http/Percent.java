package dev.wellhead.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Strict percent-decoding (RFC 3986 section 2.1).
final class Percent {
  private Percent() {}

  /// The decoded text, or null when a code is not `%` and two hexadecimal digits, or when the bytes
  /// are not UTF-8. Raw characters outside ASCII are refused as well: no URI holds them.
  static @Nullable String decode(String raw) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c > 0x7e) {
        return null;
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      // Only ASCII digits: other scripts have digits too, which no other server takes for these.
      if (i + 2 >= raw.length()
          || !HexFormat.isHexDigit(raw.charAt(i + 1))
          || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
        return null;
      }
      bytes.put((byte) HexFormat.fromHexDigits(raw, i + 1, i + 3));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException malformed) {
      return null;
    }
  }
}
