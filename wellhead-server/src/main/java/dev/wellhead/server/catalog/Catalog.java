package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Keeps what exists and its history. Changes that a client can see are made in the caller's
/// transaction, which is where their ledger leaf is written too.
public final class Catalog {
  private final Database database;

  public Catalog(Database database) {
    this.database = database;
  }

  /// Which project requires which other one.
  public Dependencies dependencies() {
    return new Dependencies(database);
  }

  /// What happened to the files of a project after they were first seen, newest first, whichever
  /// source told of it.
  public List<Event> eventsOf(ProjectName name, int most) throws DatabaseFault {
    return database.read(tx -> Events.of(tx, name, most));
  }

  /// The source that answers at `url`, made at first use.
  public SourceId source(URI url, Instant now) throws DatabaseFault {
    return database.write(tx -> source(tx, url.toString(), now));
  }

  /// What is held of a project, with all its files, or empty where it was never seen.
  public Optional<HeldProject> project(SourceId source, ProjectName name) throws DatabaseFault {
    return database.read(tx -> project(tx, source, name));
  }

  /// How often a project has changed, 0 where it was never seen.
  public long revision(SourceId source, ProjectName name) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT revision FROM project WHERE source = :source AND name = :name")
            .bind("source", source.value())
            .bind("name", name.normalized())
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  /// The names of a source's projects that are not gone, in the order of their characters.
  public List<String> names(SourceId source) throws DatabaseFault {
    List<String> names =
        database.read(tx ->
            tx.createQuery("SELECT name FROM project WHERE source = :source AND gone_ms IS NULL")
                .bind("source", source.value())
                .mapTo(String.class)
                .list());
    return names.stream().sorted().toList(); // databases sort by their own rules
  }

  /// The file that is served at `path`; of several that lay there in turn the one that is listed.
  public Optional<PlacedFile> fileAt(SourceId source, String path) throws DatabaseFault {
    return database.read(tx -> FileRows.at(tx, source, path).stream().findFirst());
  }

  /// Carries out `change` with its history in the caller's transaction, so that what belongs to it
  /// commits with it.
  ///
  /// @return false where the project was changed by somebody else since `change` was decided: look
  ///   again and decide again
  public static boolean record(Handle tx, SourceId source, PageChange change) {
    if (!ProjectRows.write(tx, source, change.before(), change.after())) {
      return false;
    }
    FileRows.write(tx, source, change.after(), change.files());
    Events.write(tx, source, change);
    OwnChanges.noteIfHosted(tx, source);
    return true;
  }

  /// Notes that the source confirmed what is held, and how to ask it next time.
  public void confirm(SourceId source, ProjectName name, PageMemory memory, Instant at)
      throws DatabaseFault {
    database.write(tx ->
        tx.createUpdate(
                """
                UPDATE project SET confirmed_ms = :at, etag = :etag,
                  last_modified = :lastModified, body_sha256 = :body
                WHERE source = :source AND name = :name
                """)
            .bind("at", at.toEpochMilli())
            .bind("etag", memory.etag())
            .bind("lastModified", memory.lastModified())
            .bind("body", memory.bodySha256())
            .bind("source", source.value())
            .bind("name", name.normalized())
            .execute());
  }

  /// Notes that the source no longer knows a project that is held; what is held stays, as gone.
  ///
  /// @return false where it was noted before
  public static boolean gone(Handle tx, SourceId source, ProjectName name, Instant at) {
    int changed =
        tx.createUpdate(
                """
                UPDATE project SET gone_ms = :at, confirmed_ms = :at, revision = revision + 1
                WHERE source = :source AND name = :name AND gone_ms IS NULL
                """)
            .bind("at", at.toEpochMilli())
            .bind("source", source.value())
            .bind("name", name.normalized())
            .execute();
    if (changed > 0) {
      FileRows.gone(tx, source, name, at);
      Events.projectGone(tx, source, name, at);
    }
    return changed > 0;
  }

  /// Keeps the sizes of a project's files for which the source gives none, by path, in bytes; gives
  /// the project's new revision, since its page says something else now.
  public long learnSizes(SourceId source, ProjectName project, Map<String, Long> sizes)
      throws DatabaseFault {
    return database.write(tx -> {
      var batch =
          tx.prepareBatch(
              "UPDATE file SET size = :size WHERE source = :source AND project = :project"
                  + " AND path = :path AND size IS NULL");
      sizes.forEach((path, size) ->
          batch
              .bind("size", size)
              .bind("source", source.value())
              .bind("project", project.normalized())
              .bind("path", path)
              .add());
      if (batch.size() > 0) {
        batch.execute();
      }
      tx.createUpdate(
              "UPDATE project SET revision = revision + 1 WHERE source = :source AND name = :name")
          .bind("source", source.value())
          .bind("name", project.normalized())
          .execute();
      return tx.createQuery("SELECT revision FROM project WHERE source = :source AND name = :name")
          .bind("source", source.value())
          .bind("name", project.normalized())
          .mapTo(Long.class)
          .one();
    });
  }

  /// The METADATA of the wheel with this identity, where it was read before.
  public Optional<Sha256> metadataOf(SourceId source, String wheel) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                "SELECT sha256 FROM wheel_metadata WHERE source = :source AND wheel = :wheel")
            .bind("source", source.value())
            .bind("wheel", wheel)
            .mapTo(String.class)
            .findOne()
            .flatMap(Sha256::of));
  }

  /// Notes which bytes are the METADATA of a wheel; what was read from the wheel itself replaces
  /// what was read elsewhere.
  ///
  /// @param origin where it was read: `wheel`, `beside` (the source's `.metadata`) or `ranges`
  public void learnMetadata(
      SourceId source, String wheel, Sha256 sha256, String origin, Instant now)
      throws DatabaseFault {
    database.write(tx ->
        tx.createUpdate(
                """
                INSERT INTO wheel_metadata (source, wheel, sha256, origin, learned_ms)
                VALUES (:source, :wheel, :sha256, :origin, :now)
                ON CONFLICT (source, wheel) DO UPDATE
                SET sha256 = excluded.sha256, origin = excluded.origin,
                  learned_ms = excluded.learned_ms
                WHERE excluded.origin = 'wheel' AND wheel_metadata.origin <> 'wheel'
                """)
            .bind("source", source.value())
            .bind("wheel", wheel)
            .bind("sha256", sha256.hex())
            .bind("origin", origin)
            .bind("now", now.toEpochMilli())
            .execute());
  }

  /// Those of `blobs` that some row names.
  public Set<Sha256> named(Collection<Sha256> blobs) throws DatabaseFault {
    if (blobs.isEmpty()) {
      return Set.of();
    }
    List<String> hexes = blobs.stream().map(Sha256::hex).toList();
    return database.read(tx -> named(tx, hexes));
  }

  static Set<Sha256> named(Handle tx, List<String> hexes) {
    Set<Sha256> named = new HashSet<>();
    for (String query :
        List.of(
            "SELECT identity FROM file WHERE identity IN (<hexes>) AND " + NamedBlobs.WANTED,
            "SELECT metadata_sha256 FROM file WHERE metadata_sha256 IN (<hexes>)",
            "SELECT sha256 FROM wheel_metadata WHERE sha256 IN (<hexes>)")) {
      tx.createQuery(query)
          .bindList("hexes", hexes)
          .mapTo(String.class)
          .forEach(hex -> Sha256.of(hex).ifPresent(named::add));
    }
    return named;
  }

  /// Asks the database for nothing in particular: it returns where the database answers.
  public void probe() throws DatabaseFault {
    database.<Integer>read(tx -> tx.createQuery("SELECT 1").mapTo(Integer.class).one());
  }

  /// Counts for the status page.
  public Counts counts() throws DatabaseFault {
    return database.read(tx ->
        new Counts(
            count(tx, "SELECT count(*) FROM project WHERE gone_ms IS NULL"),
            count(tx, "SELECT count(*) FROM file WHERE gone_ms IS NULL")));
  }

  /// The same of one source.
  public Counts counts(SourceId source) throws DatabaseFault {
    return database.read(tx ->
        new Counts(
            count(tx, "SELECT count(*) FROM project WHERE gone_ms IS NULL AND source = :s", source),
            count(tx, "SELECT count(*) FROM file WHERE gone_ms IS NULL AND source = :s", source)));
  }

  /// The newest changes, newest first.
  public List<Event> newestEvents(int most) throws DatabaseFault {
    return database.read(tx -> Events.newest(tx, most));
  }

  /// Counts also what failed: a commit whose answer was lost did happen. How much is held.
  public record Counts(long projects, long files) {}

  private static long count(Handle tx, String query, SourceId source) {
    return tx.createQuery(query).bind("s", source.value()).mapTo(Long.class).one();
  }

  private static long count(Handle tx, String query) {
    return tx.createQuery(query).mapTo(Long.class).one();
  }

  static SourceId source(Handle tx, String url, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO source (id, url, first_used_ms)
            SELECT coalesce(max(id), 0) + 1, :url, :now FROM source WHERE true
            ON CONFLICT (url) DO NOTHING
            """)
        .bind("url", url)
        .bind("now", now.toEpochMilli())
        .execute();
    return new SourceId(
        tx.createQuery("SELECT id FROM source WHERE url = :url")
            .bind("url", url)
            .mapTo(Long.class)
            .one());
  }

  static Optional<HeldProject> project(Handle tx, SourceId source, ProjectName name) {
    return tx.createQuery(
            """
            SELECT status, status_reason, last_serial, versions, confirmed_ms, gone_ms, etag,
              last_modified, body_sha256, revision
            FROM project WHERE source = :source AND name = :name
            """)
        .bind("source", source.value())
        .bind("name", name.normalized())
        .map((row, context) -> project(row, name, FileRows.of(tx, source, name)))
        .findOne();
  }

  private static HeldProject project(ResultSet row, ProjectName name, List<HeldFile> files)
      throws SQLException {
    long serial = row.getLong("last_serial");
    Long lastSerial = row.wasNull() ? null : (Long) serial;
    long gone = row.getLong("gone_ms");
    Instant goneSince = row.wasNull() ? null : Instant.ofEpochMilli(gone);
    String versions = row.getString("versions");
    return new HeldProject(
        name,
        new ProjectStatus(
            ProjectStatus.State.valueOf(row.getString("status")), row.getString("status_reason")),
        versions.isEmpty() ? List.of() : List.of(versions.split("\n", -1)),
        lastSerial,
        files,
        Instant.ofEpochMilli(row.getLong("confirmed_ms")),
        goneSince,
        new PageMemory(
            row.getString("etag"), row.getString("last_modified"), row.getString("body_sha256")),
        row.getLong("revision"));
  }
}
