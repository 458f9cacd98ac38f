package dev.wellhead.server.feeds;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
final class PostgresFeedsTest extends FeedsContract {
  private final DatabaseSettings.Postgres database;

  PostgresFeedsTest(DatabaseSettings.Postgres database) {
    this.database = database;
  }

  @Override
  DatabaseSettings settings() {
    return database;
  }
}
