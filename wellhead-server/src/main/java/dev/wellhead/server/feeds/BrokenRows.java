package dev.wellhead.server.feeds;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Records and lines that could not be read, each with its reason.
final class BrokenRows {
  private static final int LONGEST = 300;

  private BrokenRows() {}

  /// These, in place of all that were noted of the feed before.
  static int replace(Handle tx, String feed, List<FeedState.Broken> broken, Instant now) {
    tx.createUpdate("DELETE FROM feed_broken WHERE feed = :feed").bind("feed", feed).execute();
    return add(tx, feed, broken, now);
  }

  /// These beside those that were noted before.
  static int add(Handle tx, String feed, List<FeedState.Broken> broken, Instant now) {
    if (broken.isEmpty()) {
      return 0;
    }
    PreparedBatch inserts =
        tx.prepareBatch(
            """
            INSERT INTO feed_broken (feed, place, why, seen_ms)
            VALUES (:feed, :place, :why, :seen)
            ON CONFLICT (feed, place) DO UPDATE SET why = excluded.why
            """);
    for (FeedState.Broken one : broken) {
      inserts
          .bind("feed", feed)
          .bind("place", one.place())
          .bind("why", one.why())
          .bind("seen", now.toEpochMilli())
          .add();
    }
    return inserts.execute().length;
  }

  static List<FeedState.Broken> some(Handle tx, String feed, int most) {
    return tx.createQuery(
            """
            SELECT place, why FROM feed_broken WHERE feed = :feed ORDER BY place LIMIT :most
            """)
        .bind("feed", feed)
        .bind("most", most)
        .map((row, _) -> new FeedState.Broken(row.getString("place"), row.getString("why")))
        .list();
  }

  /// `text` as it is kept: short, on one line, and without what PostgreSQL does not take.
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
