package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.UploadTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The table `file_event`.
final class Events {
  private static final int LONGEST_DETAIL = 4_000;
  private static final String INSERT =
      """
      INSERT INTO file_event (source, project, filename, identity, at_ms, kind, detail)
      VALUES (:source, :project, :filename, :identity, :at, :kind, :detail)
      """;

  private Events() {}

  static void write(Handle tx, SourceId source, PageChange change) {
    var batch = tx.prepareBatch(INSERT);
    for (FileChange file : change.files()) {
      if (file.kind() != FileChange.Kind.MOVED) {
        batch
            .bind("source", source.value())
            .bind("project", change.after().name().normalized())
            .bind("filename", file.file().entry().filename())
            .bind("identity", file.file().identity())
            .bind("at", change.after().confirmed().toEpochMilli())
            .bind("kind", file.kind().word())
            .bind("detail", detail(file))
            .add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  static void projectGone(Handle tx, SourceId source, ProjectName name, Instant at) {
    project(tx, source, name, at, FileChange.Kind.GONE, "the source no longer knows the project");
  }

  /// Of a project as a whole.
  static void project(
      Handle tx,
      SourceId source,
      ProjectName name,
      Instant at,
      FileChange.Kind kind,
      String detail) {
    tx.createUpdate(INSERT)
        .bind("source", source.value())
        .bind("project", name.normalized())
        .bind("filename", "")
        .bind("identity", "")
        .bind("at", at.toEpochMilli())
        .bind("kind", kind.word())
        .bind("detail", bounded(detail))
        .execute();
  }

  static List<Event> newest(Handle tx, int most) {
    return tx.createQuery(
            """
            SELECT project, filename, at_ms, kind, detail FROM file_event
            WHERE kind <> 'seen' ORDER BY at_ms DESC LIMIT :most
            """)
        .bind("most", most)
        .map((row, context) -> event(row))
        .list();
  }

  /// Of a file that is seen for the first time the upload time that its source states then, by
  /// which [AsOf] decides for ever.
  private static String detail(FileChange file) {
    if (file.kind() == FileChange.Kind.SEEN) {
      return file.file().entry().uploadTime() instanceof UploadTime.Stated(Instant at)
          ? at.toString()
          : "";
    }
    return bounded(file.detail());
  }

  /// Those of one project, whichever source told of it.
  static List<Event> of(Handle tx, ProjectName name, int most) {
    return tx.createQuery(
            """
            SELECT project, filename, at_ms, kind, detail FROM file_event
            WHERE source IN (SELECT id FROM source) AND project = :name AND kind <> 'seen'
            ORDER BY at_ms DESC LIMIT :most
            """)
        .bind("name", name.normalized())
        .bind("most", most)
        .map((row, context) -> event(row))
        .list();
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getString("project"),
        row.getString("filename"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        row.getString("kind"),
        row.getString("detail"));
  }

  private static String bounded(String detail) {
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
  }
}
