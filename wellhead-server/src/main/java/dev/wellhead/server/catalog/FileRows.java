package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The table `file`: rows to values and back.
final class FileRows {
  private static final String COLUMNS =
      """
      filename, identity, path, url, hashes, size, upload_us, first_seen_ms, requires_python, yank,
      metadata_kind, metadata_sha256, provenance, gone_ms\
      """;

  private FileRows() {}

  static List<HeldFile> of(Handle tx, SourceId source, ProjectName project) {
    return tx.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM file WHERE source = :source AND project = :project ORDER BY position")
        .bind("source", source.value())
        .bind("project", project.normalized())
        .map((row, context) -> file(row))
        .list();
  }

  /// The files at `path`: first the one that is listed, and of several pages that list it the one
  /// that did so first, so that no page can take another one's path over; then those that are gone,
  /// the last one first.
  static List<PlacedFile> at(Handle tx, SourceId source, String path) {
    return tx.createQuery(
            "SELECT project, "
                + COLUMNS
                + " FROM file WHERE source = :source AND path = :path"
                + " ORDER BY CASE WHEN gone_ms IS NULL THEN 0 ELSE 1 END,"
                + " CASE WHEN gone_ms IS NULL THEN first_seen_ms ELSE -gone_ms END")
        .bind("source", source.value())
        .bind("path", path)
        .map((row, context) -> new PlacedFile(new ProjectName(row.getString("project")), file(row)))
        .list();
  }

  static void write(Handle tx, SourceId source, HeldProject project, List<FileChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    IdentityHashMap<HeldFile, Integer> places = new IdentityHashMap<>();
    for (HeldFile file : project.files()) {
      places.put(file, places.size());
    }
    PreparedBatch batch = tx.prepareBatch(UPSERT);
    for (FileChange change : changes) {
      HeldFile file = change.file();
      bind(batch, file)
          .bind("source", source.value())
          .bind("project", project.name().normalized())
          .bind("position", places.getOrDefault(file, places.size()))
          .add();
    }
    batch.execute();
  }

  static void gone(Handle tx, SourceId source, ProjectName project, Instant at) {
    tx.createUpdate(
            """
            UPDATE file SET gone_ms = :at
            WHERE source = :source AND project = :project AND gone_ms IS NULL
            """)
        .bind("at", at.toEpochMilli())
        .bind("source", source.value())
        .bind("project", project.normalized())
        .execute();
  }

  private static final String UPSERT =
      """
      INSERT INTO file (source, project, filename, identity, position, path, url, hashes, size,
        upload_us, first_seen_ms, requires_python, yank, metadata_kind, metadata_sha256, provenance,
        gone_ms)
      VALUES (:source, :project, :filename, :identity, :position, :path, :url, :hashes, :size,
        :upload, :firstSeen, :requiresPython, :yank, :metadataKind, :metadataSha256, :provenance,
        :gone)
      ON CONFLICT (source, project, filename, identity) DO UPDATE SET
        position = excluded.position, path = excluded.path, url = excluded.url,
        hashes = excluded.hashes, size = excluded.size, upload_us = excluded.upload_us,
        requires_python = excluded.requires_python, yank = excluded.yank,
        metadata_kind = excluded.metadata_kind, metadata_sha256 = excluded.metadata_sha256,
        provenance = excluded.provenance, gone_ms = excluded.gone_ms
      """;

  private static PreparedBatch bind(PreparedBatch batch, HeldFile file) {
    FileEntry entry = file.entry();
    Instant gone = file.goneSince();
    return batch
        .bind("filename", entry.filename())
        .bind("identity", file.identity())
        .bind("path", file.path())
        .bind("url", entry.url())
        .bind("hashes", hashes(entry.hashes()))
        .bind("size", entry.size())
        .bind("upload", uploaded(entry.uploadTime()))
        .bind("firstSeen", file.firstSeen().toEpochMilli())
        .bind("requiresPython", entry.requiresPython())
        .bind("yank", entry.yank() instanceof Yank.Yanked(String reason) ? reason : null)
        .bind("metadataKind", metadataKind(entry.metadataFile()))
        .bind(
            "metadataSha256",
            entry.metadataFile() instanceof MetadataFile.Hashed(Sha256 hash) ? hash.hex() : null)
        .bind("provenance", entry.provenance())
        .bind("gone", gone == null ? null : (Long) gone.toEpochMilli());
  }

  private static HeldFile file(ResultSet row) throws SQLException {
    Instant firstSeen = Instant.ofEpochMilli(row.getLong("first_seen_ms"));
    Long uploaded = number(row, "upload_us");
    Long gone = number(row, "gone_ms");
    String yank = row.getString("yank");
    FileEntry entry =
        new FileEntry(
            row.getString("filename"),
            row.getString("url"),
            hashes(row.getString("hashes")),
            number(row, "size"),
            uploaded == null
                ? new UploadTime.FirstSeen(firstSeen)
                : new UploadTime.Stated(Instant.EPOCH.plus(uploaded, ChronoUnit.MICROS)),
            row.getString("requires_python"),
            yank == null ? new Yank.Not() : new Yank.Yanked(yank),
            metadata(row.getString("metadata_kind"), row.getString("metadata_sha256")),
            row.getString("provenance"));
    return new HeldFile(
        entry, row.getString("path"), firstSeen, gone == null ? null : Instant.ofEpochMilli(gone));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  private static @Nullable Long uploaded(UploadTime time) {
    return time instanceof UploadTime.Stated(Instant at)
        ? (Long) ChronoUnit.MICROS.between(Instant.EPOCH, at)
        : null;
  }

  // Algorithm names and hex digests hold neither '=' nor ' ', so that no escaping is needed.
  private static String hashes(Map<String, String> hashes) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(hashes)
        .forEach((algorithm, hex) ->
            out.append(out.isEmpty() ? "" : " ").append(algorithm).append('=').append(hex));
    return out.toString();
  }

  private static Map<String, String> hashes(String text) {
    Map<String, String> hashes = new TreeMap<>();
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf(' ', at);
      String pair = text.substring(at, end < 0 ? text.length() : end);
      int equals = pair.indexOf('=');
      hashes.put(pair.substring(0, equals), pair.substring(equals + 1));
      at += pair.length() + 1;
    }
    return Map.copyOf(hashes);
  }

  private static String metadataKind(MetadataFile metadata) {
    return switch (metadata) {
      case MetadataFile.Unstated _ -> "unstated";
      case MetadataFile.Absent _ -> "absent";
      case MetadataFile.Announced _ -> "announced";
      case MetadataFile.Hashed _ -> "hashed";
    };
  }

  private static MetadataFile metadata(String kind, @Nullable String sha256) {
    return switch (kind) {
      case "absent" -> new MetadataFile.Absent();
      case "announced" -> new MetadataFile.Announced();
      case "hashed" -> new MetadataFile.Hashed(new Sha256(sha256 == null ? "" : sha256));
      default -> new MetadataFile.Unstated();
    };
  }
}
