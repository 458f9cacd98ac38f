package dev.wellhead.server.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The tables that migrations make, and what these put in, learned by running them once on a file
/// that is thrown away.
///
/// So no table needs to be listed anywhere for its rows to be moved, and tables of other programs
/// in the same database are left alone.
///
/// @param schema the number of the last migration that was run
/// @param tables each after those that it refers to
/// @param seeds the rows that a new database has, by table
public record Blueprint(long schema, List<Table> tables, Map<String, RowsDigest> seeds) {
  public Blueprint {
    tables = List.copyOf(tables);
    seeds = Map.copyOf(seeds);
  }

  /// The number of the last migration that this program knows.
  public static long latest(Migrations migrations) {
    return Scripts.of(migrations.location(), "sqlite").latest();
  }

  /// Runs the migrations up to `schema`, which is at most [#latest].
  ///
  /// @param scratch a folder for the file
  public static Blueprint of(Migrations migrations, long schema, Path scratch)
      throws DatabaseRefusedException, DatabaseFault {
    Path file = scratch.resolve("blueprint-" + migrations.historyTable() + ".db");
    SqliteDialect dialect =
        new SqliteDialect(new DatabaseSettings.Sqlite(file, Durability.NORMAL, 1));
    try {
      remove(file);
      new Schema(dialect, migrations).bringTo(schema);
      try (Connection connection = dialect.reading().getConnection()) {
        List<Table> tables = ordered(connection, migrations.historyTable());
        Map<String, RowsDigest> seeds = new LinkedHashMap<>();
        for (Table table : tables) {
          seeds.put(table.name(), Rows.digest(connection, table));
        }
        return new Blueprint(schema, tables, seeds);
      } finally {
        remove(file);
      }
    } catch (SQLException | IOException e) {
      throw new DatabaseFault("the tables of " + migrations.location() + " cannot be learned", e);
    }
  }

  private static void remove(Path file) throws IOException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
    }
  }

  private static List<Table> ordered(Connection connection, String history) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    Map<String, Set<String>> refersTo = new TreeMap<>();
    try (ResultSet tables = data.getTables(null, null, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME");
        if (!name.equals(history) && !name.startsWith("sqlite_")) {
          refersTo.put(name, new TreeSet<>());
        }
      }
    }
    for (Map.Entry<String, Set<String>> table : refersTo.entrySet()) {
      try (ResultSet keys = data.getImportedKeys(null, null, table.getKey())) {
        while (keys.next()) {
          table.getValue().add(keys.getString("PKTABLE_NAME"));
        }
      }
      table.getValue().remove(table.getKey());
    }
    List<Table> ordered = new ArrayList<>();
    while (!refersTo.isEmpty()) {
      String next =
          refersTo.entrySet().stream()
              .filter(table -> table.getValue().stream().noneMatch(refersTo::containsKey))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("in a circle: " + refersTo));
      refersTo.remove(next);
      ordered.add(table(data, next));
    }
    return ordered;
  }

  private static Table table(DatabaseMetaData data, String name) throws SQLException {
    List<Table.Column> columns = new ArrayList<>();
    try (ResultSet rows = data.getColumns(null, null, name, "%")) {
      while (rows.next()) {
        Table.Kind kind = Table.Kind.of(rows.getString("TYPE_NAME"));
        String column = rows.getString("COLUMN_NAME");
        if (kind == null) {
          throw new IllegalStateException(
              "rows with a "
                  + rows.getString("TYPE_NAME")
                  + " cannot be moved: "
                  + name
                  + "."
                  + column);
        }
        columns.add(new Table.Column(column, kind));
      }
    }
    return new Table(name, columns);
  }
}
