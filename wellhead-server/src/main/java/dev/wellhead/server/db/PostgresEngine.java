package dev.wellhead.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// PostgreSQL: one transaction for each unit, run again where it lost a race.
///
/// Writes are SERIALIZABLE, so that a unit which reads before it writes is as safe here as behind
/// the one writer of SQLite. Two pools, since the kind of a transaction is a property of the
/// connection there and need not be set each time.
final class PostgresEngine implements Engine {
  /// At least one of the transactions that race commits, so this many are only lost by a unit that
  /// fights with far more writers than there are connections.
  private static final int ATTEMPTS = 40;

  private static final long WAIT_FOR_CONNECTION_MS = 10_000;

  private final String where;
  private final HikariDataSource writing;
  private final HikariDataSource reading;

  PostgresEngine(String where, DataSource source, int connections) {
    this.where = where;
    HikariConfig write = pool("wellhead-write", source, connections);
    write.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    this.writing = new HikariDataSource(write);
    HikariConfig read = pool("wellhead-read", source, connections);
    read.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    read.setReadOnly(true);
    this.reading = new HikariDataSource(read);
  }

  @Override
  public <T extends @Nullable Object> T read(Unit<T> unit) throws DatabaseFault {
    return attempt(reading, unit, 1);
  }

  @Override
  public <T extends @Nullable Object> T write(Unit<T> unit) throws DatabaseFault {
    return attempt(writing, unit, ATTEMPTS);
  }

  @Override
  public void close() {
    reading.close();
    writing.close();
  }

  private <T extends @Nullable Object> T attempt(DataSource pool, Unit<T> unit, int attempts)
      throws DatabaseFault {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        return once(connection, unit);
      } catch (SQLException | RuntimeException e) { // what a unit threw may hide a lost race
        if (attempt < attempts && lostRace(e)) {
          continue;
        }
        switch (e) {
          case SQLException _, JdbiException _ ->
              throw new DatabaseFault(where + " failed a transaction: " + e.getMessage(), e);
          case RuntimeException own -> throw own;
          default -> throw new IllegalStateException(e);
        }
      }
    }
  }

  private static <T extends @Nullable Object> T once(Connection connection, Unit<T> unit)
      throws SQLException {
    boolean committed = false;
    try (var tx = Lane.jdbi(connection).open()) {
      T result = unit.run(tx);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        undo(connection);
      }
    }
  }

  /// Rolls back; where that fails the connection is broken, and the pool undoes and discards it.
  private static void undo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException _) {
      // what broke the connection is on its way to the caller
    }
  }

  private static boolean lostRace(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static HikariConfig pool(String name, DataSource source, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION_MS);
    config.setInitializationFailTimeout(-1); // the migrations have just shown that it is there
    return config;
  }
}
