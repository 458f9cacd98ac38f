package dev.wellhead.server.notify;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
final class PostgresAlarmsTest extends AlarmsContract {
  private final DatabaseSettings.Postgres database;

  PostgresAlarmsTest(DatabaseSettings.Postgres database) {
    this.database = database;
  }

  @Override
  DatabaseSettings settings() {
    return database;
  }
}
