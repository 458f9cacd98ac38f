package dev.wellhead.server.fetches;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Deletes whole months by small transactions, so that fetches are written in between.
final class Forgetting {
  private static final int ROWS = 5_000;
  private static final long NUMBERS = 1_000;

  private final Database db;
  private final Retention retention;

  Forgetting(Database db, Retention retention) {
    this.db = db;
    this.retention = retention;
  }

  /// Single fetches first: what they name must be there as long as they are.
  void run(Instant now) throws DatabaseFault {
    Optional<Instant> raw = retention.rawStart(now);
    if (raw.isPresent()) {
      long before = raw.get().toEpochMilli();
      while (db.<Integer>write(tx -> deleteRaw(tx, before)) == ROWS) {
        // the next piece
      }
    }
    Optional<Instant> seen = retention.seenStart(now);
    if (seen.isPresent()) {
      long before = seen.get().toEpochMilli();
      long files = last("fetch_file");
      for (long first = 1; first <= files; first += NUMBERS) {
        long from = first;
        db.<Integer>write(tx -> deleteSeen(tx, from, before));
      }
      long clients = last("fetch_client");
      for (long first = 1; first <= clients; first += NUMBERS) {
        long from = first;
        db.<Integer>write(tx -> deleteClients(tx, from));
      }
    }
  }

  private long last(String table) throws DatabaseFault {
    return db.<Long>read(
        tx -> tx.createQuery("SELECT coalesce(max(id), 0) FROM " + table).mapTo(Long.class).one());
  }

  private static int deleteRaw(Handle tx, long before) {
    return tx.createUpdate(
            """
            DELETE FROM fetch_raw WHERE id IN
              (SELECT id FROM fetch_raw WHERE at_ms < :before ORDER BY at_ms LIMIT :rows)
            """)
        .bind("before", before)
        .bind("rows", ROWS)
        .execute();
  }

  private static int deleteSeen(Handle tx, long from, long before) {
    return tx.createUpdate(
            """
            DELETE FROM fetch_seen
            WHERE file_id >= :from AND file_id < :to AND last_ms < :before
            """)
        .bind("from", from)
        .bind("to", from + NUMBERS)
        .bind("before", before)
        .execute();
  }

  /// Clients that are seen nowhere any more.
  private static int deleteClients(Handle tx, long from) {
    return tx.createUpdate(
            """
            DELETE FROM fetch_client
            WHERE id >= :from AND id < :to AND NOT EXISTS
              (SELECT 1 FROM fetch_seen WHERE fetch_seen.client_id = fetch_client.id)
            """)
        .bind("from", from)
        .bind("to", from + NUMBERS)
        .execute();
  }
}
