package dev.wellhead.server.catalog;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
final class PostgresHostingTest extends HostingContract {
  private final DatabaseSettings.Postgres database;

  PostgresHostingTest(DatabaseSettings.Postgres database) {
    this.database = database;
  }

  @Override
  DatabaseSettings settings() {
    return database;
  }
}
