package dev.wellhead.server.fetches;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFetchesTest extends FetchesContract {
  @TempDir Path folder;

  @Override
  DatabaseSettings settings() {
    return new DatabaseSettings.Sqlite(folder.resolve("fetches.db"), Durability.NORMAL);
  }
}
