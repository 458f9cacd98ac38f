package dev.wellhead.server.db;

import java.sql.SQLException;
import javax.sql.DataSource;

/// Where SQLite and PostgreSQL differ outside of the running of units. Statements of the rooms are
/// written so that both run them.
sealed interface Dialect permits SqliteDialect, PostgresDialect {
  /// The one of this kind of database.
  static Dialect of(DatabaseSettings settings) {
    return switch (settings) {
      case DatabaseSettings.Sqlite sqlite -> new SqliteDialect(sqlite);
      case DatabaseSettings.Postgres postgres -> new PostgresDialect(postgres);
    };
  }

  /// The database in words for a message, without any secret.
  String where();

  /// The folder of migrations that this engine alone runs.
  String folder();

  /// The oldest major version that is used.
  int oldest();

  /// Plain connections, for migrations.
  DataSource source() throws DatabaseRefusedException;

  /// What is wrong and what to do, as one sentence.
  String refusal(SQLException e);

  /// Whether `e` says that a table is not there.
  boolean isMissingTable(SQLException e);

  /// Whether other rooms, or other programs, may have their tables beside ours.
  boolean isShared();
}
