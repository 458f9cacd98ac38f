package dev.wellhead.server.feeds;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// What is kept of a feed beside its records.
///
/// @param tried when it was last asked, whatever came of it
/// @param loaded when something of it last changed here
/// @param confirmed when what is held was last known to be what the source has
/// @param whole when all of it was last read
/// @param newest the latest change of a record
/// @param stamp tells without reading that the source is the same; empty for never
/// @param trouble why the last try failed; empty where it did not
/// @param revision counts the loads that changed something
record FeedRow(
    String name,
    FeedKind kind,
    String source,
    @Nullable Instant tried,
    @Nullable Instant loaded,
    @Nullable Instant confirmed,
    @Nullable Instant whole,
    @Nullable Instant newest,
    String stamp,
    Counts counts,
    String trouble,
    long revision) {
  /// How many records it holds, how many of them vanished, and how many could not be read.
  record Counts(long records, long vanished, long broken) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  private static final String COLUMNS =
      "name, kind, source, tried_ms, loaded_ms, confirmed_ms, whole_ms, newest_ms, stamp, records,"
          + " vanished, broken, trouble, revision";

  static FeedRow fresh(String name, FeedKind kind, String source) {
    return new FeedRow(name, kind, source, null, null, null, null, null, "", Counts.NONE, "", 0);
  }

  /// The same after a try that failed; all that is held stays.
  FeedRow failed(Instant at, String why) {
    return new FeedRow(
        name, kind, source, at, loaded, confirmed, whole, newest, stamp, counts, why, revision);
  }

  static Optional<FeedRow> find(Handle tx, String name) {
    return tx.createQuery("SELECT " + COLUMNS + " FROM feed WHERE name = :name")
        .bind("name", name)
        .map(FeedRow::read)
        .findOne();
  }

  static List<FeedRow> all(Handle tx) {
    return tx.createQuery("SELECT " + COLUMNS + " FROM feed ORDER BY name")
        .map(FeedRow::read)
        .list();
  }

  /// Writes the row, in place of an earlier one.
  void save(Handle tx) {
    tx.createUpdate(
            """
            INSERT INTO feed (name, kind, source, tried_ms, loaded_ms, confirmed_ms, whole_ms,
              newest_ms, stamp, records, vanished, broken, trouble, revision)
            VALUES (:name, :kind, :source, :tried, :loaded, :confirmed, :whole,
              :newest, :stamp, :records, :vanished, :broken, :trouble, :revision)
            ON CONFLICT (name) DO UPDATE SET
              kind = excluded.kind, source = excluded.source, tried_ms = excluded.tried_ms,
              loaded_ms = excluded.loaded_ms, confirmed_ms = excluded.confirmed_ms,
              whole_ms = excluded.whole_ms, newest_ms = excluded.newest_ms,
              stamp = excluded.stamp, records = excluded.records, vanished = excluded.vanished,
              broken = excluded.broken, trouble = excluded.trouble, revision = excluded.revision
            """)
        .bind("name", name)
        .bind("kind", kind.word())
        .bind("source", source)
        .bind("tried", millis(tried))
        .bind("loaded", millis(loaded))
        .bind("confirmed", millis(confirmed))
        .bind("whole", millis(whole))
        .bind("newest", millis(newest))
        .bind("stamp", stamp)
        .bind("records", counts.records())
        .bind("vanished", counts.vanished())
        .bind("broken", counts.broken())
        .bind("trouble", trouble)
        .bind("revision", revision)
        .execute();
  }

  /// What the feed holds after `load`. After a load of parts the rows are counted, since records of
  /// before are among them.
  static Counts counted(Handle tx, FeedRow before, Load load, boolean isWhole) {
    long vanished =
        before.kind().isAdvisories()
            ? count(
                tx,
                before,
                "SELECT count(*) FROM advisory WHERE feed = :feed AND vanished_ms IS NOT NULL")
            : 0;
    long broken =
        isWhole
            ? load.broken()
            : count(tx, before, "SELECT count(*) FROM feed_broken WHERE feed = :feed");
    return new Counts(load.held(), vanished, broken);
  }

  private static long count(Handle tx, FeedRow row, String select) {
    return tx.createQuery(select).bind("feed", row.name()).mapTo(Long.class).one();
  }

  private static FeedRow read(ResultSet row, StatementContext context) throws SQLException {
    String kind = row.getString("kind");
    return new FeedRow(
        row.getString("name"),
        FeedKind.of(kind).orElseThrow(() -> new IllegalStateException("a feed of kind " + kind)),
        row.getString("source"),
        instant(row, "tried_ms"),
        instant(row, "loaded_ms"),
        instant(row, "confirmed_ms"),
        instant(row, "whole_ms"),
        instant(row, "newest_ms"),
        row.getString("stamp"),
        new Counts(row.getLong("records"), row.getLong("vanished"), row.getLong("broken")),
        row.getString("trouble"),
        row.getLong("revision"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }
}
