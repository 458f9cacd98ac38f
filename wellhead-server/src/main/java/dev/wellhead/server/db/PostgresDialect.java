package dev.wellhead.server.db;

import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of PostgreSQL: how it is reached, and what its refusals mean.
final class PostgresDialect implements Dialect {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final int CONNECT_SECONDS = 10;

  private final DatabaseSettings.Postgres settings;

  PostgresDialect(DatabaseSettings.Postgres settings) {
    this.settings = settings;
  }

  /// Without the URL's parameters, which may hold secrets.
  @Override
  public String where() {
    String url = settings.url();
    int parameters = url.indexOf('?');
    return "PostgreSQL at " + (parameters < 0 ? url : url.substring(0, parameters));
  }

  @Override
  public String folder() {
    return "postgresql";
  }

  /// The oldest that the tests' statements were written for: its schemas are not open to everybody.
  @Override
  public int oldest() {
    return 15;
  }

  @Override
  public DataSource source() throws DatabaseRefusedException {
    return plain();
  }

  /// For many rows at once, whose values find their own types.
  DataSource loading() throws DatabaseRefusedException {
    PGSimpleDataSource source = plain();
    source.setReWriteBatchedInserts(true);
    source.setStringType("unspecified");
    return source;
  }

  private PGSimpleDataSource plain() throws DatabaseRefusedException {
    if (!settings.url().toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
      throw new DatabaseRefusedException(
          "the URL of PostgreSQL must begin with "
              + PREFIX
              + ", as in jdbc:postgresql://host:5432/name; user and password are settings of their"
              + " own.");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("wellhead");
    try {
      source.setUrl(settings.url());
    } catch (IllegalArgumentException e) {
      throw new DatabaseRefusedException(
          where() + " cannot be reached: the URL is malformed; write jdbc:postgresql://host/name.",
          e);
    }
    source.setUser(settings.user());
    source.setPassword(settings.password());
    return source;
  }

  @Override
  public String refusal(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "28P01" ->
          where() + " refused the password of user " + settings.user() + "; check both settings.";
      case "28000" ->
          where()
              + " does not let user "
              + settings.user()
              + " in; make the role, or allow it in pg_hba.conf.";
      case "3D000" -> where() + " does not exist on that server; make it with CREATE DATABASE.";
      case "42501" ->
          where()
              + " does not let user "
              + settings.user()
              + " make tables; grant CREATE on its schema.";
      case "53300" -> where() + " has no connection left; raise max_connections.";
      case "57P03" -> where() + " is still starting; try again in a moment.";
      case "08001", "08004", "08006" ->
          where() + " cannot be reached (" + e.getMessage() + "); start it or correct the URL.";
      default -> where() + " cannot be used: " + e.getMessage() + ".";
    };
  }

  @Override
  public boolean isMissingTable(SQLException e) {
    return "42P01".equals(e.getSQLState());
  }

  @Override
  public boolean isShared() {
    return true;
  }
}
