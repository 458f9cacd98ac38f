package dev.wellhead.server.faults;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything that a data folder says is hosted, but for when it came in: two folders that hold the
/// same say the same.
final class Catalogue {
  private static final List<String> QUERIES =
      List.of(
          """
          SELECT name, status, status_reason, versions, gone_ms, revision FROM project
          ORDER BY name
          """,
          """
          SELECT project, filename, identity, position, path, url, hashes, size, requires_python,
            yank, metadata_kind, metadata_sha256, provenance, gone_ms
          FROM file ORDER BY project, position, filename
          """,
          """
          SELECT project, filename, identity, kind,
            CASE WHEN kind = 'seen' THEN 'its upload time' ELSE detail END AS detail
          FROM file_event
          ORDER BY project, filename, identity, kind, detail
          """,
          "SELECT kind, subject, leaf FROM ledger_pending ORDER BY subject, leaf");

  private Catalogue() {}

  static List<String> of(Path data) throws Exception {
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.NORMAL, 1),
            new Migrations("db/house", "house_history"))) {
      return of(database, new Blobs(data.resolve("blobs")));
    }
  }

  /// The same of what is open.
  static List<String> of(Database database, Blobs blobs) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String query : QUERIES) {
      lines.addAll(
          database.<List<String>>read(tx ->
              tx.createQuery(query).mapToMap().list().stream()
                  .map(Catalogue::line)
                  .sorted()
                  .toList()));
    }
    try (Stream<Sha256> all = blobs.all()) {
      all.map(Sha256::hex).sorted().forEach(lines::add);
    }
    return lines;
  }

  private static String line(Map<String, Object> row) {
    return new TreeMap<>(row).toString().replaceAll("\"at\":\"[^\"]*\"", "\"at\":…");
  }
}
