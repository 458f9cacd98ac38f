package dev.wellhead.server.backup;

import dev.wellhead.server.db.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A row as one line of JSON, the same for every engine: an array with a value for each column.
/// Fractions are texts, since JSON has not all of them, and bytes are Base64.
final class RowText {
  private static final JsonMapper JSON = new JsonMapper();

  private RowText() {}

  /// The line before the rows: which columns they have.
  static byte[] head(Table table) {
    return JSON.writeValueAsBytes(table.columns().stream().map(Table.Column::name).toList());
  }

  static byte[] line(List<@Nullable Object> row) {
    List<@Nullable Object> texts = new ArrayList<>(row.size());
    for (Object value : row) {
      texts.add(
          switch (value) {
            case null -> null;
            case Double real -> real.toString();
            case ByteBuffer bytes -> base64(bytes);
            default -> value;
          });
    }
    return JSON.writeValueAsBytes(texts);
  }

  static boolean isHead(String line, Table table) {
    return line.equals(new String(head(table), java.nio.charset.StandardCharsets.UTF_8));
  }

  /// The row of a line.
  static List<@Nullable Object> row(String line, Table table) throws BackupRefusedException {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JacksonException e) {
      throw damaged(table);
    }
    if (!json.isArray() || json.size() != table.columns().size()) {
      throw damaged(table);
    }
    List<@Nullable Object> row = new ArrayList<>(json.size());
    for (int i = 0; i < json.size(); i++) {
      row.add(value(json.path(i), table.columns().get(i).kind(), table));
    }
    return row;
  }

  private static @Nullable Object value(JsonNode json, Table.Kind kind, Table table)
      throws BackupRefusedException {
    if (json.isNull()) {
      return null;
    }
    boolean fits =
        switch (kind) {
          case WHOLE -> json.isIntegralNumber() && json.canConvertToLong();
          case TRUTH -> json.isBoolean();
          case REAL, TEXT, BYTES -> json.isString();
        };
    if (!fits) {
      throw damaged(table);
    }
    try {
      return switch (kind) {
        case WHOLE -> (Long) json.asLong();
        case TRUTH -> (Boolean) json.asBoolean();
        case REAL -> (Double) Double.parseDouble(json.asString());
        case TEXT -> json.asString();
        case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(json.asString()));
      };
    } catch (IllegalArgumentException e) {
      throw damaged(table);
    }
  }

  private static BackupRefusedException damaged(Table table) {
    return new BackupRefusedException(
        "The rows of " + table.name() + " are damaged: take another backup.");
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
