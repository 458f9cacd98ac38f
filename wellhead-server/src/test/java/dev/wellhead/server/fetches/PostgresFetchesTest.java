package dev.wellhead.server.fetches;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
final class PostgresFetchesTest extends FetchesContract {
  private final DatabaseSettings.Postgres settings;

  PostgresFetchesTest(DatabaseSettings.Postgres settings) {
    this.settings = settings;
  }

  @Override
  DatabaseSettings settings() {
    return settings;
  }
}
