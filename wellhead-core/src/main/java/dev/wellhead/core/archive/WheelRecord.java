package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A wheel's RECORD (recording installed projects specification): lines of `path,sha256=…,size`.
final class WheelRecord {
  private static final String ALGORITHM = "sha256=";
  private static final int DIGEST_BYTES = 32;

  private WheelRecord() {}

  /// The SHA-256 that it states for each path; lines that state none, or that cannot be read, say
  /// nothing.
  static Map<String, Sha256> hashes(String record) {
    Map<String, Sha256> hashes = new HashMap<>();
    for (String line : record.split("\r?\n|\r", -1)) {
      List<String> fields = fields(line);
      if (fields.size() == 3) {
        digest(fields.get(1)).ifPresent(digest -> hashes.put(fields.getFirst(), digest));
      }
    }
    return hashes;
  }

  private static Optional<Sha256> digest(String field) {
    if (!field.startsWith(ALGORITHM)) {
      return Optional.empty();
    }
    try {
      byte[] digest = Base64.getUrlDecoder().decode(field.substring(ALGORITHM.length()));
      return digest.length == DIGEST_BYTES ? Optional.of(Sha256.of(digest)) : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /// Fields of one line of CSV; a quoted one may hold commas and doubled quotes.
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
