package dev.wellhead.server.fetches;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The table `fetch_hour`: sums by hour, so that a picture of the traffic reads no single fetch.
final class FetchHours {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private FetchHours() {}

  static void add(Handle tx, List<Fetch> batch) {
    TreeMap<Long, FetchHour> sums = new TreeMap<>();
    for (Fetch fetch : batch) {
      long start = start(fetch.at());
      long brought = fetch.origin() == Fetch.Origin.BROUGHT ? 1 : 0;
      sums.merge(
          start,
          new FetchHour(Instant.ofEpochMilli(start), 1, brought, fetch.bytes()),
          (a, b) ->
              new FetchHour(
                  a.start(),
                  a.fetches() + b.fetches(),
                  a.brought() + b.brought(),
                  a.bytes() + b.bytes()));
    }
    PreparedBatch rows =
        tx.prepareBatch(
            """
            INSERT INTO fetch_hour (start_ms, fetches, brought, bytes)
            VALUES (:start, :fetches, :brought, :bytes)
            ON CONFLICT (start_ms) DO UPDATE SET
              fetches = fetch_hour.fetches + excluded.fetches,
              brought = fetch_hour.brought + excluded.brought,
              bytes = fetch_hour.bytes + excluded.bytes
            """);
    sums.forEach((start, sum) ->
        rows.bind("start", start)
            .bind("fetches", sum.fetches())
            .bind("brought", sum.brought())
            .bind("bytes", sum.bytes())
            .add());
    rows.execute();
  }

  static List<FetchHour> since(Handle tx, Instant from) {
    return tx.createQuery(
            """
            SELECT start_ms, fetches, brought, bytes FROM fetch_hour
            WHERE start_ms >= :from ORDER BY start_ms
            """)
        .bind("from", start(from))
        .map((row, _) ->
            new FetchHour(
                Instant.ofEpochMilli(row.getLong("start_ms")),
                row.getLong("fetches"),
                row.getLong("brought"),
                row.getLong("bytes")))
        .list();
  }

  private static long start(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), HOUR_MS) * HOUR_MS;
  }
}
