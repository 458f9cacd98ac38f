package dev.wellhead.server.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills a new database with rows from elsewhere, in one transaction: all of them or none.
///
/// Blocks, so it is to be used on a platform thread. What is not committed when it is closed was
/// never there.
public final class Load implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final Connection connection;
  private final Dialect dialect;
  private final Blueprint blueprint;

  private Load(Connection connection, Dialect dialect, Blueprint blueprint) {
    this.connection = connection;
    this.dialect = dialect;
    this.blueprint = blueprint;
  }

  /// Makes the tables of `blueprint` where they are missing, and empties them of what migrations
  /// put in.
  ///
  /// @throws DatabaseRefusedException where the database has other rows already
  public static Load into(DatabaseSettings target, Migrations migrations, Blueprint blueprint)
      throws DatabaseRefusedException, DatabaseFault {
    Dialect dialect = Dialect.of(target);
    Schema schema = new Schema(dialect, migrations);
    schema.bringTo(blueprint.schema());
    if (schema.found() != blueprint.schema()) {
      throw new DatabaseRefusedException(
          dialect.where()
              + " was used by another version already (schema "
              + schema.found()
              + ", the rows have "
              + blueprint.schema()
              + "); name a database that is empty.");
    }
    boolean begun = false;
    Connection connection = null;
    try {
      connection =
          switch (dialect) {
            case SqliteDialect sqlite -> sqlite.writing().getConnection();
            case PostgresDialect postgres -> postgres.loading().getConnection();
          };
      connection.setAutoCommit(false);
      Load load = new Load(connection, dialect, blueprint);
      load.begin();
      begun = true;
      return load;
    } catch (SQLException e) {
      throw new DatabaseRefusedException(dialect.refusal(e), e);
    } finally {
      if (!begun && connection != null) {
        undo(connection);
      }
    }
  }

  /// Puts rows in: `source` hands each to what it is given.
  ///
  /// @return what the table holds then, read again from the database
  public <E extends Exception> RowsDigest fill(Table table, Source<E> source)
      throws DatabaseFault, E {
    String insert =
        "INSERT INTO "
            + table.quotedName()
            + " ("
            + table.columnList()
            + ")"
            + (dialect instanceof PostgresDialect ? " OVERRIDING SYSTEM VALUE" : "")
            + " VALUES ("
            + String.join(", ", Collections.nCopies(table.columns().size(), "?"))
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      Filling filling = new Filling(statement, table.columns().size());
      source.rows(filling::take);
      filling.flush();
      return Rows.digest(connection, table);
    } catch (SQLException e) {
      throw fault("could not take the rows of " + table.name(), e);
    }
  }

  /// Hands out rows.
  public interface Source<E extends Exception> {
    void rows(RowSink<DatabaseFault> sink) throws DatabaseFault, E;
  }

  /// Lets the next generated number of each table be a new one, and commits.
  public void commit() throws DatabaseFault {
    try {
      if (dialect instanceof PostgresDialect) {
        for (Table table : blueprint.tables()) {
          for (Table.Column column : table.columns()) {
            goOnCounting(table, column);
          }
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw fault("could not commit", e);
    }
  }

  @Override
  public void close() {
    undo(connection);
  }

  private void begin() throws SQLException, DatabaseRefusedException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : blueprint.tables()) {
        if (dialect instanceof PostgresDialect) {
          statement.execute("LOCK TABLE " + table.quotedName() + " IN SHARE ROW EXCLUSIVE MODE");
        }
        RowsDigest found = Rows.digest(connection, table);
        if (!found.equals(blueprint.seeds().get(table.name()))) {
          throw new DatabaseRefusedException(
              dialect.where()
                  + " has rows already ("
                  + found.rows()
                  + " in "
                  + table.name()
                  + "); name a database that is empty.");
        }
      }
      for (Table table : blueprint.tables().reversed()) {
        statement.executeUpdate("DELETE FROM " + table.quotedName());
      }
    }
  }

  private void goOnCounting(Table table, Table.Column column) throws SQLException {
    try (PreparedStatement counter =
        connection.prepareStatement(
            "SELECT setval(counter, (SELECT coalesce(max(\""
                + column.name()
                + "\"), 0) + 1 FROM "
                + table.quotedName()
                + "), false) FROM (SELECT pg_get_serial_sequence(?, ?) AS counter) AS one"
                + " WHERE counter IS NOT NULL")) {
      if (column.kind() != Table.Kind.WHOLE) {
        return;
      }
      counter.setString(1, table.quotedName());
      counter.setString(2, column.name());
      try (ResultSet _ = counter.executeQuery()) {
        // set
      }
    }
  }

  private DatabaseFault fault(String what, SQLException e) {
    SQLException told = e.getNextException() == null ? e : e.getNextException();
    return new DatabaseFault(dialect.where() + " " + what + ": " + told.getMessage(), e);
  }

  private static void undo(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException broken) {
      // closing it undoes what is not committed
    }
  }

  /// Rows on their way in.
  private final class Filling {
    private final PreparedStatement statement;
    private final int width;
    private int waiting;

    Filling(PreparedStatement statement, int width) {
      this.statement = statement;
      this.width = width;
    }

    void take(List<? extends @Nullable Object> row) throws DatabaseFault {
      if (row.size() != width) {
        throw new IllegalArgumentException("a row of " + row.size() + " values, not " + width);
      }
      try {
        Rows.bind(statement, row);
        statement.addBatch();
        if (++waiting == BATCH) {
          flush();
        }
      } catch (SQLException e) {
        throw fault("could not take a row", e);
      }
    }

    void flush() throws SQLException {
      if (waiting > 0) {
        statement.executeBatch();
        waiting = 0;
      }
    }
  }
}
