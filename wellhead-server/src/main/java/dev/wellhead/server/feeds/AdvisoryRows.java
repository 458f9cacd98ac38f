package dev.wellhead.server.feeds;

import dev.wellhead.core.pypi.ProjectName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The advisories that are held, of all feeds.
final class AdvisoryRows {
  private static final int FETCHED_AT_ONCE = 1_000;

  /// A newer record is never replaced by an older one, so that an old copy of a source brings
  /// nothing back that was withdrawn since.
  private static final String UPSERT =
      """
      INSERT INTO advisory
        (feed, id, modified_ms, listed_ms, withdrawn_ms, vanished_ms, digest, body)
      VALUES (:feed, :id, :modified, :listed, :withdrawn, NULL, :digest, :body)
      ON CONFLICT (feed, id) DO UPDATE SET
        modified_ms = excluded.modified_ms, listed_ms = excluded.listed_ms,
        withdrawn_ms = excluded.withdrawn_ms, vanished_ms = NULL, digest = excluded.digest,
        body = excluded.body
      WHERE excluded.modified_ms >= advisory.modified_ms
      """;

  private AdvisoryRows() {}

  /// A record of a feed as it is kept.
  record Row(String feed, Stored body, @Nullable Instant withdrawn, @Nullable Instant vanished) {}

  /// Bytes of a record, packed.
  static final class Stored {
    private final byte[] packed;

    Stored(byte[] packed) {
      this.packed = packed;
    }

    byte[] json() {
      return Packed.unpack(packed);
    }
  }

  /// Every record that `feed` holds, by its id.
  static Map<String, KnownRecord> known(Handle tx, String feed) {
    record Line(String id, KnownRecord known) {}
    Map<String, KnownRecord> known = new HashMap<>();
    try (var lines =
        tx
            .createQuery(
                """
                SELECT id, modified_ms, listed_ms, withdrawn_ms, vanished_ms, digest FROM advisory
                WHERE feed = :feed
                """)
            .bind("feed", feed)
            .setFetchSize(FETCHED_AT_ONCE)
            .map((row, _) -> {
              KnownRecord one =
                  new KnownRecord(
                      Digest.read(row.getBytes("digest")),
                      row.getLong("modified_ms"),
                      row.getLong("listed_ms"),
                      mark(row));
              return new Line(row.getString("id"), one);
            })
            .stream()) {
      lines.forEach(line -> known.put(line.id(), line.known()));
    }
    return known;
  }

  /// What a batch has changed.
  ///
  /// @param projects that the records are about now, or were before
  record Written(Set<String> projects, long withdrawn) {
    Written and(Written other) {
      Set<String> all = new HashSet<>(projects);
      all.addAll(other.projects);
      return new Written(all, withdrawn + other.withdrawn);
    }
  }

  /// Writes records that were not held.
  static Written add(Handle tx, String feed, List<Arrived> records) {
    if (records.isEmpty()) {
      return new Written(Set.of(), 0);
    }
    PreparedBatch upserts = tx.prepareBatch(UPSERT);
    for (Arrived record : records) {
      bind(upserts, feed, record);
    }
    upserts.execute();
    return new Written(addProjects(tx, feed, records), 0);
  }

  /// Writes records that may be held in an earlier form.
  static Written change(Handle tx, String feed, List<Arrived> records) {
    Set<String> projects = new HashSet<>();
    List<Arrived> taken = new ArrayList<>();
    long withdrawn = 0;
    for (Arrived record : records) {
      String id = record.advisory().id();
      boolean wasWithdrawn =
          tx.createQuery(
                  """
                  SELECT withdrawn_ms IS NOT NULL FROM advisory WHERE feed = :feed AND id = :id
                  """)
              .bind("feed", feed)
              .bind("id", id)
              .mapTo(Boolean.class)
              .findOne()
              .orElse(false);
      PreparedBatch upsert = tx.prepareBatch(UPSERT);
      bind(upsert, feed, record);
      if (upsert.execute()[0] == 0) {
        continue;
      }
      taken.add(record);
      withdrawn += record.advisory().isWithdrawn() && !wasWithdrawn ? 1 : 0;
      projects.addAll(projects(tx, feed, List.of(id)));
      tx.createUpdate("DELETE FROM advisory_project WHERE feed = :feed AND id = :id")
          .bind("feed", feed)
          .bind("id", id)
          .execute();
    }
    projects.addAll(addProjects(tx, feed, taken));
    return new Written(projects, withdrawn);
  }

  /// Notes at `at` that the source no longer has these records; null that it has them again.
  /// Answers the projects that they are about.
  static Set<String> vanished(
      Handle tx, String feed, Collection<String> ids, @Nullable Instant at) {
    PreparedBatch updates =
        tx.prepareBatch(
            """
            UPDATE advisory SET vanished_ms = :vanished WHERE feed = :feed AND id = :id
            """);
    for (String id : ids) {
      updates.bind("vanished", FeedRow.millis(at)).bind("feed", feed).bind("id", id).add();
    }
    if (!ids.isEmpty()) {
      updates.execute();
    }
    return projects(tx, feed, ids);
  }

  /// Notes the times that a list of changes gives for records that are held as they are.
  static int relisted(Handle tx, String feed, Map<String, Instant> times) {
    if (times.isEmpty()) {
      return 0;
    }
    PreparedBatch updates =
        tx.prepareBatch("UPDATE advisory SET listed_ms = :listed WHERE feed = :feed AND id = :id");
    times.forEach((id, listed) ->
        updates.bind("listed", listed.toEpochMilli()).bind("feed", feed).bind("id", id).add());
    return updates.execute().length;
  }

  /// What is held of a project, by id and feed.
  static List<Row> of(Handle tx, ProjectName project) {
    return tx.createQuery(
            """
            SELECT advisory.feed, advisory.body, advisory.withdrawn_ms, advisory.vanished_ms
            FROM advisory_project JOIN advisory
              ON advisory.feed = advisory_project.feed AND advisory.id = advisory_project.id
            WHERE advisory_project.project = :project
            ORDER BY advisory.id, advisory.feed
            """)
        .bind("project", project.normalized())
        .map(AdvisoryRows::row)
        .list();
  }

  /// The record of this id in each feed that has it, the latest first.
  static List<Row> of(Handle tx, String id) {
    return tx.createQuery(
            """
            SELECT feed, body, withdrawn_ms, vanished_ms FROM advisory
            WHERE id = :id ORDER BY modified_ms DESC, feed
            """)
        .bind("id", id)
        .map(AdvisoryRows::row)
        .list();
  }

  private static KnownRecord.Mark mark(ResultSet row) throws SQLException {
    if (FeedRow.instant(row, "vanished_ms") != null) {
      return KnownRecord.Mark.VANISHED;
    }
    return FeedRow.instant(row, "withdrawn_ms") == null
        ? KnownRecord.Mark.IN_FORCE
        : KnownRecord.Mark.WITHDRAWN;
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        row.getString("feed"),
        new Stored(row.getBytes("body")),
        FeedRow.instant(row, "withdrawn_ms"),
        FeedRow.instant(row, "vanished_ms"));
  }

  private static void bind(PreparedBatch upserts, String feed, Arrived record) {
    upserts
        .bind("feed", feed)
        .bind("id", record.advisory().id())
        .bind("modified", record.advisory().times().modified().toEpochMilli())
        .bind("listed", record.listed().toEpochMilli())
        .bind("withdrawn", FeedRow.millis(record.advisory().times().withdrawn()))
        .bind("digest", record.digest().toBytes())
        .bind("body", record.body())
        .add();
  }

  private static Set<String> addProjects(Handle tx, String feed, List<Arrived> records) {
    Set<String> all = new HashSet<>();
    PreparedBatch inserts =
        tx.prepareBatch(
            """
            INSERT INTO advisory_project (project, feed, id) VALUES (:project, :feed, :id)
            ON CONFLICT (project, feed, id) DO NOTHING
            """);
    for (Arrived record : records) {
      for (String project : record.projects()) {
        all.add(project);
        inserts
            .bind("project", project)
            .bind("feed", feed)
            .bind("id", record.advisory().id())
            .add();
      }
    }
    if (!all.isEmpty()) {
      inserts.execute();
    }
    return all;
  }

  private static Set<String> projects(Handle tx, String feed, Collection<String> ids) {
    Set<String> projects = new HashSet<>();
    for (String id : ids) {
      projects.addAll(
          tx.createQuery("SELECT project FROM advisory_project WHERE feed = :feed AND id = :id")
              .bind("feed", feed)
              .bind("id", id)
              .mapTo(String.class)
              .list());
    }
    return projects;
  }
}
