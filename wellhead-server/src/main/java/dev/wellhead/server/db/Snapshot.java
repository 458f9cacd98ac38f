package dev.wellhead.server.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// What is committed in a database at one moment, however long it is looked at and whoever writes
/// meanwhile.
///
/// A connection of its own, beside those of a [Database] that may be open. Blocks, so it is to be
/// used on a platform thread. While it is open the log of SQLite grows: close it soon.
public final class Snapshot implements AutoCloseable {
  private final Connection connection;
  private final String where;

  private Snapshot(Connection connection, String where) {
    this.connection = connection;
    this.where = where;
  }

  /// The present moment of a database that [Database] opened before.
  public static Snapshot open(DatabaseSettings settings) throws DatabaseRefusedException {
    Dialect dialect = Dialect.of(settings);
    try {
      Connection connection =
          switch (dialect) {
            case SqliteDialect sqlite -> sqlite.reading().getConnection();
            case PostgresDialect postgres -> postgres.source().getConnection();
          };
      if (dialect instanceof PostgresDialect) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
      }
      connection.setAutoCommit(false);
      Snapshot snapshot = new Snapshot(connection, dialect.where());
      snapshot.begin();
      return snapshot;
    } catch (SQLException e) {
      throw new DatabaseRefusedException(dialect.refusal(e), e);
    }
  }

  /// Every row of `table`.
  public <E extends Exception> void rows(Table table, RowSink<E> sink) throws DatabaseFault, E {
    try {
      Rows.each(connection, table, sink);
    } catch (SQLException e) {
      throw new DatabaseFault(where + " could not be read: " + e.getMessage(), e);
    }
  }

  /// What `unit` finds; it must not write.
  public <T extends @Nullable Object> T read(Unit<T> unit) throws DatabaseFault {
    try (Handle tx = Lane.jdbi(connection).open()) {
      return unit.run(tx);
    } catch (JdbiException e) {
      throw new DatabaseFault(where + " could not be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws DatabaseFault {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      throw new DatabaseFault(where + " could not be let go: " + e.getMessage(), e);
    }
  }

  /// The moment is that of the first statement that reads.
  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT count(*) FROM "
              + (where.startsWith("PostgreSQL") ? "pg_class" : "sqlite_master"));
    }
  }
}
