package dev.wellhead.server.feeds;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteFeedsTest extends FeedsContract {
  @TempDir private Path folder = Path.of("");

  @Override
  DatabaseSettings settings() {
    return new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.FULL);
  }
}
