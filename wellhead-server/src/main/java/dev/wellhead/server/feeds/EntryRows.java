package dev.wellhead.server.feeds;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The lists that are held.
final class EntryRows {
  private EntryRows() {}

  static Map<Entry.Key, Entry> of(Handle tx, String feed) {
    Map<Entry.Key, Entry> entries = new HashMap<>();
    tx.createQuery(
            """
            SELECT subject, version, position, reason FROM feed_entry WHERE feed = :feed
            """)
        .bind("feed", feed)
        .map((row, _) ->
            new Entry(
                row.getString("subject"),
                row.getString("version"),
                row.getLong("position"),
                row.getString("reason")))
        .forEach(entry -> entries.put(entry.key(), entry));
    return entries;
  }

  /// Writes entries; one that is held keeps its first moment.
  static int put(Handle tx, String feed, List<Entry> entries, Instant now) {
    PreparedBatch upserts =
        tx.prepareBatch(
            """
            INSERT INTO feed_entry (subject, version, feed, position, reason, since_ms)
            VALUES (:subject, :version, :feed, :position, :reason, :since)
            ON CONFLICT (subject, version, feed) DO UPDATE SET
              position = excluded.position, reason = excluded.reason
            """);
    for (Entry entry : entries) {
      upserts
          .bind("subject", entry.subject())
          .bind("version", entry.version())
          .bind("feed", feed)
          .bind("position", entry.position())
          .bind("reason", entry.reason())
          .bind("since", now.toEpochMilli())
          .add();
    }
    return upserts.execute().length;
  }

  static int remove(Handle tx, String feed, Collection<Entry.Key> keys) {
    PreparedBatch deletes =
        tx.prepareBatch(
            """
            DELETE FROM feed_entry
            WHERE subject = :subject AND version = :version AND feed = :feed
            """);
    for (Entry.Key key : keys) {
      deletes
          .bind("subject", key.subject())
          .bind("version", key.version())
          .bind("feed", feed)
          .add();
    }
    return deletes.execute().length;
  }

  /// The positions of every subject in the lists of a kind, the best one of each.
  static Map<String, Integer> positions(Handle tx, FeedKind kind) {
    Map<String, Integer> positions = new HashMap<>();
    tx.createQuery(
            """
            SELECT feed_entry.subject, MIN(feed_entry.position) AS position
            FROM feed_entry JOIN feed ON feed.name = feed_entry.feed
            WHERE feed.kind = :kind GROUP BY feed_entry.subject
            """)
        .bind("kind", kind.word())
        .map((row, _) -> Map.entry(row.getString("subject"), (int) row.getLong("position")))
        .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
    return positions;
  }

  /// The blocks that block lists have on `subject`: a project's normalized name, or `sha256:` and a
  /// digest.
  static List<ListedBlock> blocks(Handle tx, String subject) {
    return blocks(tx, List.of(subject));
  }

  static List<ListedBlock> blocks(Handle tx, List<String> subjects) {
    return tx.createQuery(
            """
            SELECT feed_entry.feed, feed_entry.subject, feed_entry.version, feed_entry.reason,
              feed_entry.since_ms
            FROM feed_entry JOIN feed ON feed.name = feed_entry.feed
            WHERE feed_entry.subject IN (<subjects>) AND feed.kind = :kind
            ORDER BY feed_entry.version, feed_entry.feed
            """)
        .bindList("subjects", subjects)
        .bind("kind", FeedKind.BLOCKLIST.word())
        .map((row, _) -> {
          String version = row.getString("version");
          String name = row.getString("subject");
          return new ListedBlock(
              row.getString("feed"),
              version.isEmpty() ? name : name + "==" + version,
              row.getString("reason"),
              Instant.ofEpochMilli(row.getLong("since_ms")));
        })
        .list();
  }
}
