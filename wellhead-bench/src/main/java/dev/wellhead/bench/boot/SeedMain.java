package dev.wellhead.bench.boot;

import dev.wellhead.bench.catalog.Seed;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Makes the database of a data folder with invented projects in it.
///
/// Arguments: the data folder, the URL of the source, how many projects, where their names are
/// written, one a line; then the numbers of files of larger projects.
public final class SeedMain {
  private SeedMain() {}

  /// Runs; the folder must not have a database yet.
  public static void main(String[] words)
      throws IOException, DatabaseRefusedException, DatabaseFault {
    Path data = Files.createDirectories(Path.of(words[0]));
    List<Integer> large =
        List.of(words).subList(4, words.length).stream().map(Integer::valueOf).toList();
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"))) {
      List<String> names =
          new Seed(database, URI.create(words[1]), Instant.now())
              .projects(Integer.parseInt(words[2]), large);
      Files.write(Path.of(words[3]), names);
    }
  }
}
