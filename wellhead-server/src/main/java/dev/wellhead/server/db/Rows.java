package dev.wellhead.server.db;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes whole rows, by the kinds of their columns alone.
final class Rows {
  private static final int FETCHED_AT_ONCE = 1_000;

  private Rows() {}

  /// Hands every row of `table` to `sink`, in the order that the engine likes.
  static <E extends Exception> void each(Connection connection, Table table, RowSink<E> sink)
      throws SQLException, E {
    String select = "SELECT " + table.columnList() + " FROM " + table.quotedName();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet rows = statement.executeQuery(select)) {
        while (rows.next()) {
          sink.take(row(rows, table));
        }
      }
    }
  }

  static RowsDigest digest(Connection connection, Table table) throws SQLException {
    RowsDigest.Sum sum = new RowsDigest.Sum();
    Rows.<SQLException>each(connection, table, sum::add);
    return sum.digest();
  }

  /// Sets the parameters of an INSERT.
  static void bind(PreparedStatement insert, List<? extends @Nullable Object> row)
      throws SQLException {
    int at = 0;
    for (Object value : row) {
      at++;
      switch (value) {
        case null -> insert.setObject(at, null);
        case Long whole -> insert.setLong(at, whole);
        case Double real -> insert.setDouble(at, real);
        case Boolean truth -> insert.setBoolean(at, truth);
        case String text -> insert.setString(at, text);
        case ByteBuffer bytes -> {
          byte[] copy = new byte[bytes.remaining()];
          bytes.duplicate().get(copy);
          insert.setBytes(at, copy);
        }
        default -> throw new IllegalArgumentException("no value of a row: " + value.getClass());
      }
    }
  }

  private static List<@Nullable Object> row(ResultSet rows, Table table) throws SQLException {
    List<@Nullable Object> row = new ArrayList<>(table.columns().size());
    int at = 0;
    for (Table.Column column : table.columns()) {
      at++;
      Object value =
          switch (column.kind()) {
            case WHOLE -> (Long) rows.getLong(at);
            case REAL -> (Double) rows.getDouble(at);
            case TRUTH -> (Boolean) rows.getBoolean(at);
            case TEXT -> rows.getString(at);
            case BYTES -> {
              byte[] bytes = rows.getBytes(at);
              yield bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
          };
      row.add(rows.wasNull() ? null : value);
    }
    return row;
  }
}
