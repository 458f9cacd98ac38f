package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Housekeeping;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.fetches.Fetches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What must be true of a data folder on which nobody works, whatever happened before.
final class AtRest {
  private AtRest() {}

  /// Every blob has the bytes of its name, every reference leads somewhere, every leaf fits its
  /// hash, and there is exactly one leaf for each revision of a project.
  static void isSound(Path data) throws IOException, DatabaseFault, DatabaseRefusedException {
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.NORMAL, 1),
            new Migrations("db/house", "house_history"))) {
      isSound(database, new Blobs(data.resolve("blobs")));
    }
  }

  /// The same where somebody just opened what was at rest.
  static void isSound(Database database, Blobs blobs) throws IOException, DatabaseFault {
    assertThat(new Housekeeping(database, blobs).check().problems()).isEmpty();
    List<String> unequal =
        database.<List<String>>read(tx ->
            tx.createQuery(
                    """
                    SELECT name || ' has ' || revision || ' revisions and ' || leaves || ' leaves'
                    FROM (SELECT name, revision,
                      (SELECT count(*) FROM ledger_pending WHERE subject = name) AS leaves
                      FROM project)
                    WHERE revision <> leaves
                    """)
                .mapTo(String.class)
                .list());
    assertThat(unequal).isEmpty();
  }

  /// How many fetches are on record.
  static long fetches(Path data) throws DatabaseFault, DatabaseRefusedException {
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("fetches.db"), Durability.NORMAL, 1),
            Fetches.MIGRATIONS)) {
      return database.<Long>read(
          tx -> tx.createQuery("SELECT fetches FROM fetch_total").mapTo(Long.class).one());
    }
  }

  /// How many files lie where bytes are received.
  static long leftovers(Path data) throws IOException {
    Path incoming = data.resolve("blobs/incoming");
    if (!Files.isDirectory(incoming)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(incoming)) {
      return files.count();
    }
  }
}
