package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What was held on earlier days, by [AsOf].
public final class Histories {
  private final Database database;

  public Histories(Database database) {
    this.database = database;
  }

  /// The project with the files that it had at the end of `day` (UTC); empty where the project was
  /// never seen. On a day before its first file it has none.
  public Optional<HeldProject> project(SourceId source, ProjectName name, LocalDate day)
      throws DatabaseFault {
    return database.read(tx ->
        Catalog.project(tx, source, name)
            .map(held -> AsOf.project(held, of(tx, source, name), day)));
  }

  /// The file that was served at `path` at the end of `day` (UTC), whether it still is or not.
  public Optional<PlacedFile> fileAt(SourceId source, String path, LocalDate day)
      throws DatabaseFault {
    return database.read(tx -> {
      List<ProjectName> projects =
          FileRows.at(tx, source, path).stream().map(PlacedFile::project).distinct().toList();
      for (ProjectName name : projects) {
        Optional<PlacedFile> file =
            Catalog.project(tx, source, name)
                .flatMap(held -> AsOf.fileAt(held, of(tx, source, name), path, day))
                .map(there -> new PlacedFile(name, there));
        if (file.isPresent()) {
          return file;
        }
      }
      return Optional.empty();
    });
  }

  static History of(Handle tx, SourceId source, ProjectName name) {
    Instant firstLook =
        Instant.ofEpochMilli(
            tx.createQuery(
                    "SELECT first_seen_ms FROM project WHERE source = :source AND name = :name")
                .bind("source", source.value())
                .bind("name", name.normalized())
                .mapTo(Long.class)
                .one());
    return new History(firstLook, events(tx, source, name));
  }

  private static List<FileEvent> events(Handle tx, SourceId source, ProjectName name) {
    // Of one look a file that is gone and another of its name that is seen have the same time, and
    // are two files; of one file there is one event at a time.
    return tx.createQuery(
            """
            SELECT filename, identity, at_ms, kind, detail FROM file_event
            WHERE source = :source AND project = :project
              AND kind IN ('seen', 'gone', 'returned')
            ORDER BY at_ms
            """)
        .bind("source", source.value())
        .bind("project", name.normalized())
        .map((row, context) -> {
          String detail = row.getString("detail");
          FileEvent.What what =
              FileEvent.What.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
          return new FileEvent(
              row.getString("filename"),
              row.getString("identity"),
              Instant.ofEpochMilli(row.getLong("at_ms")),
              what,
              what == FileEvent.What.SEEN && !detail.isEmpty() ? Instant.parse(detail) : null);
        })
        .list();
  }
}
