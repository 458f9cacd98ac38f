package dev.wellhead.server.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a database to the schema of this version, or says why it cannot.
///
/// One SELECT shows whether every script ran, with the same content. Flyway, which takes a good
/// part of a start, is loaded only where that is not so.
final class Schema {
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private final Dialect dialect;
  private final Migrations migrations;
  private final Scripts scripts;

  private record Applied(@Nullable String version, long checksum, boolean success) {}

  Schema(Dialect dialect, Migrations migrations) {
    this.dialect = dialect;
    this.migrations = migrations;
    this.scripts = Scripts.of(migrations.location(), dialect.folder());
  }

  void bringUpToDate() throws DatabaseRefusedException {
    bringTo(scripts.latest());
  }

  /// The same, but no further than the script of this number.
  void bringTo(long last) throws DatabaseRefusedException {
    DataSource source = dialect.source();
    List<Applied> applied = applied(source);
    refuseNewer(applied);
    if (!isCurrent(applied)) {
      migrate(source, last);
    }
  }

  /// The number of the last script that was run.
  long found() throws DatabaseRefusedException {
    return latest(applied(dialect.source()));
  }

  private static long latest(List<Applied> applied) {
    return applied.stream().mapToLong(one -> Scripts.number(one.version())).max().orElse(0);
  }

  private List<Applied> applied(DataSource source) throws DatabaseRefusedException {
    String select =
        "SELECT version, checksum, success FROM "
            + migrations.historyTable()
            + " WHERE type = 'SQL' ORDER BY installed_rank";
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      refuseOld(connection.getMetaData().getDatabaseMajorVersion());
      ResultSet rows = statement.executeQuery(select); // closed with its statement
      List<Applied> applied = new ArrayList<>();
      while (rows.next()) {
        applied.add(new Applied(rows.getString(1), rows.getLong(2), rows.getBoolean(3)));
      }
      return applied;
    } catch (SQLException e) {
      if (dialect.isMissingTable(e)) {
        return List.of();
      }
      throw new DatabaseRefusedException(dialect.refusal(e), e);
    }
  }

  /// Before any statement of ours fails on it in words that nobody understands.
  void refuseOld(int version) throws DatabaseRefusedException {
    if (version < dialect.oldest()) {
      throw new DatabaseRefusedException(
          String.format(
              Locale.ROOT,
              "%s is of version %d, and version %d or newer is needed; upgrade that server, or name"
                  + " another.",
              dialect.where(),
              version,
              dialect.oldest()));
    }
  }

  private boolean isCurrent(List<Applied> applied) {
    return applied.equals(
        scripts.inOrder().stream()
            .map(script -> new Applied(script.version(), script.checksum(), true))
            .toList());
  }

  private void refuseNewer(List<Applied> applied) throws DatabaseRefusedException {
    long known = scripts.latest();
    long found = latest(applied);
    if (found > known) {
      throw new DatabaseRefusedException(
          dialect.where()
              + " was written by a newer version of this program (schema "
              + found
              + ", this one knows "
              + known
              + "); start the newer version, or restore a backup from before the upgrade.");
    }
  }

  private void migrate(DataSource source, long last) throws DatabaseRefusedException {
    try {
      int run =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(source)
              .loggers("slf4j")
              .table(migrations.historyTable())
              .locations(
                  scripts.folders().stream().map("classpath:"::concat).toArray(String[]::new))
              .ignoreMigrationPatterns(new String[0])
              .baselineOnMigrate(dialect.isShared())
              .baselineVersion("0")
              .target(String.valueOf(last))
              .load()
              .migrate()
              .migrationsExecuted;
      LOG.info("{}: {} of {} migrations run", dialect.where(), run, migrations.location());
    } catch (FlywayException e) {
      throw new DatabaseRefusedException(
          dialect.where()
              + " cannot be brought to the schema of this version: "
              + firstLine(e)
              + "; restore a backup, or name another database.",
          e);
    }
  }

  private static String firstLine(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getMessage() != null) {
        return sql.getMessage().lines().findFirst().orElse("");
      }
    }
    String message = e.getMessage();
    return message == null ? "unknown" : message.strip().replaceAll("\\s*\\R\\s*", ", ");
  }
}
