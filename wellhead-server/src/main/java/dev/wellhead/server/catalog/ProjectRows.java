package dev.wellhead.server.catalog;

import org.jdbi.v3.core.Handle;

/// The table `project`: the write that fails when somebody else was faster.
final class ProjectRows {
  private ProjectRows() {}

  /// Writes `after` over revision `before` (0: over nothing); false where that is not what is
  /// there.
  static boolean write(Handle tx, SourceId source, long before, HeldProject after) {
    String statement =
        before == 0
            ? """
            INSERT INTO project (source, name, status, status_reason, last_serial, versions,
              first_seen_ms, confirmed_ms, gone_ms, etag, last_modified, body_sha256, revision)
            VALUES (:source, :name, :status, :reason, :serial, :versions,
              :confirmed, :confirmed, NULL, :etag, :lastModified, :body, :revision)
            ON CONFLICT (source, name) DO NOTHING
            """
            : """
            UPDATE project SET status = :status, status_reason = :reason, last_serial = :serial,
              versions = :versions, confirmed_ms = :confirmed, gone_ms = NULL, etag = :etag,
              last_modified = :lastModified, body_sha256 = :body, revision = :revision
            WHERE source = :source AND name = :name AND revision = :before
            """;
    return tx.createUpdate(statement)
            .bind("source", source.value())
            .bind("name", after.name().normalized())
            .bind("status", after.status().state().name())
            .bind("reason", after.status().reason())
            .bind("serial", after.lastSerial())
            .bind("versions", String.join("\n", after.versions()))
            .bind("confirmed", after.confirmed().toEpochMilli())
            .bind("etag", after.memory().etag())
            .bind("lastModified", after.memory().lastModified())
            .bind("body", after.memory().bodySha256())
            .bind("revision", after.revision())
            .bind("before", before)
            .execute()
        == 1;
  }
}
