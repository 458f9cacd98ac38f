package dev.wellhead.server.db;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A table as both engines have it: its columns, in order, by what they hold.
public record Table(String name, List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
  }

  public record Column(String name, Kind kind) {}

  /// What a column holds; the values of a row are of the class behind it, or null.
  public enum Kind {
    /// [Long]
    WHOLE,
    /// [Double]
    REAL,
    /// [Boolean]
    TRUTH,
    /// [String]
    TEXT,
    /// [java.nio.ByteBuffer]
    BYTES;

    /// What a declared type means, or null where rows of it cannot be moved.
    static @Nullable Kind of(String declared) {
      return switch (declared.toLowerCase(Locale.ROOT).replaceAll("\\(.*", "").strip()) {
        case "integer", "bigint", "int", "smallint", "int8", "int4", "int2" -> WHOLE;
        case "real", "double", "double precision", "float", "float8" -> REAL;
        case "boolean", "bool" -> TRUTH;
        case "text", "varchar", "char", "json" -> TEXT;
        case "blob", "bytea" -> BYTES;
        default -> null;
      };
    }
  }

  /// The columns' names, in quotes, for a statement.
  String columnList() {
    StringBuilder list = new StringBuilder();
    for (Column column : columns) {
      list.append(list.isEmpty() ? "" : ", ").append(quoted(column.name()));
    }
    return list.toString();
  }

  String quotedName() {
    return quoted(name);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
