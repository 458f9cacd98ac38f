package dev.wellhead.server.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of one thread, opened when it is first needed and again after it was dropped.
final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final DataSource source;
  private final String opening;
  private @Nullable Connection connection;
  private @Nullable Jdbi jdbi;

  /// Runs the statement `opening` on each connection first.
  Lane(DataSource source, String opening) {
    this.source = source;
    this.opening = opening;
  }

  Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source.getConnection();
      connection = open;
      jdbi = jdbi(open);
      try (Statement statement = open.createStatement()) {
        statement.execute(opening);
      }
    }
    return open;
  }

  /// A handle of its own for a unit, so that no unit inherits another's configuration. Closing it
  /// leaves the connection and its transaction alone.
  Handle handle() throws SQLException {
    Connection open = connection();
    return (jdbi == null ? jdbi(open) : jdbi).open();
  }

  /// Handles on `connection` that neither close it nor end its transaction.
  static Jdbi jdbi(Connection connection) {
    Jdbi jdbi = Jdbi.create(connection);
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    return jdbi;
  }

  /// Closes the connection, which undoes what is not committed. In place of rolling back, since a
  /// connection that failed once is not trusted to do that.
  void drop() {
    Connection dropped = connection;
    connection = null;
    if (dropped != null) {
      try {
        dropped.close();
      } catch (SQLException e) {
        LOG.warn("a broken connection could not be closed", e);
      }
    }
  }

  @Override
  public void close() {
    drop();
  }
}
