package dev.wellhead.server.notify;

import dev.wellhead.server.notify.Raised.Acknowledgement;
import dev.wellhead.server.notify.Raised.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables of alarms, in the caller's transaction.
final class AlarmRows {
  private AlarmRows() {}

  /// An alarm that stands, as far as [Alarms#raise] has to know it.
  record Held(long id, Severity severity, Instant last, boolean isAcknowledged) {}

  static Optional<Held> standing(Handle tx, String key) {
    return tx.createQuery(
            """
            SELECT id, severity, last_ms, acknowledged_ms FROM alarm
            WHERE key = :key AND resolved_ms IS NULL
            """)
        .bind("key", key)
        .map((row, _) ->
            new Held(
                row.getLong("id"),
                Severity.ofRank(row.getInt("severity")),
                Instant.ofEpochMilli(row.getLong("last_ms")),
                instant(row, "acknowledged_ms") != null))
        .findOne();
  }

  static long standing(Handle tx) {
    return tx.createQuery("SELECT count(*) FROM alarm WHERE resolved_ms IS NULL")
        .mapTo(Long.class)
        .one();
  }

  static void add(Handle tx, Alarm alarm, Instant at) {
    long id =
        tx.createQuery(
                """
                INSERT INTO alarm (id, key, severity, subject, sentence, owner, first_ms, last_ms,
                  times)
                SELECT coalesce(max(id), 0) + 1, :key, :severity, :subject, :sentence, :owner, :at,
                  :at, 1
                FROM alarm
                RETURNING id
                """)
            .bind("key", alarm.key())
            .bind("severity", alarm.severity().rank())
            .bind("subject", alarm.subject())
            .bind("sentence", alarm.sentence())
            .bind("owner", alarm.owner())
            .bind("at", at.toEpochMilli())
            .mapTo(Long.class)
            .one();
    tell(tx, id, AlarmEvent.Kind.RAISED, at);
  }

  /// Counts it once more. A clock that jumped back does not make it older.
  static void again(Handle tx, Held held, Alarm alarm, Instant at) {
    tx.createUpdate(
            """
            UPDATE alarm SET times = times + 1, subject = :subject, sentence = :sentence,
              owner = :owner,
              severity = CASE WHEN severity < :severity THEN :severity ELSE severity END,
              last_ms = CASE WHEN last_ms < :at THEN :at ELSE last_ms END
            WHERE id = :id
            """)
        .bind("id", held.id())
        .bind("severity", alarm.severity().rank())
        .bind("subject", alarm.subject())
        .bind("sentence", alarm.sentence())
        .bind("owner", alarm.owner())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static void end(Handle tx, long id, Instant at) {
    tx.createUpdate("UPDATE alarm SET resolved_ms = :at WHERE id = :id")
        .bind("id", id)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static void acknowledge(Handle tx, long id, String by, Instant at) {
    tx.createUpdate(
            """
            UPDATE alarm SET acknowledged_ms = :at, acknowledged_by = :by
            WHERE id = :id AND acknowledged_ms IS NULL AND resolved_ms IS NULL
            """)
        .bind("id", id)
        .bind("by", by)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  /// Leaves word of what became of an alarm for the destinations.
  static void tell(Handle tx, long alarm, AlarmEvent.Kind kind, Instant at) {
    tx.createUpdate(
            """
            INSERT INTO alarm_event (id, alarm, kind, at_ms, severity, subject, sentence, owner)
            SELECT (SELECT coalesce(max(id), 0) + 1 FROM alarm_event), id, :kind, :at, severity,
              subject, sentence, owner
            FROM alarm WHERE id = :alarm
            """)
        .bind("alarm", alarm)
        .bind("kind", kind.word())
        .bind("at", at.toEpochMilli())
        .execute();
  }

  static Optional<Raised> one(Handle tx, long id) {
    return tx.createQuery("SELECT * FROM alarm WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> raised(row))
        .findOne();
  }

  static List<Raised> list(Handle tx, Standing standing, int from, int most) {
    String order = standing == Standing.OPEN ? "severity DESC, last_ms DESC" : "last_ms DESC";
    return tx.createQuery(
            "SELECT * FROM alarm WHERE "
                + where(standing)
                + " ORDER BY "
                + order
                + ", id DESC LIMIT :most OFFSET :from")
        .bind("most", most)
        .bind("from", from)
        .map((row, _) -> raised(row))
        .list();
  }

  static long count(Handle tx, Standing standing) {
    return tx.createQuery("SELECT count(*) FROM alarm WHERE " + where(standing))
        .mapTo(Long.class)
        .one();
  }

  static AlarmCounts open(Handle tx) {
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    tx.createQuery(
            """
            SELECT severity, count(*) AS number FROM alarm
            WHERE resolved_ms IS NULL AND acknowledged_ms IS NULL GROUP BY severity
            """)
        .map((row, _) -> Map.entry(Severity.ofRank(row.getInt("severity")), row.getLong("number")))
        .forEach(each -> counts.merge(each.getKey(), each.getValue(), Long::sum));
    return new AlarmCounts(
        counts.getOrDefault(Severity.INFO, 0L),
        counts.getOrDefault(Severity.WARNING, 0L),
        counts.getOrDefault(Severity.CRITICAL, 0L));
  }

  private static String where(Standing standing) {
    return switch (standing) {
      case OPEN -> "resolved_ms IS NULL AND acknowledged_ms IS NULL";
      case ACKNOWLEDGED -> "resolved_ms IS NULL AND acknowledged_ms IS NOT NULL";
      case RESOLVED -> "resolved_ms IS NOT NULL";
    };
  }

  private static Raised raised(ResultSet row) throws SQLException {
    Instant acknowledged = instant(row, "acknowledged_ms");
    String by = row.getString("acknowledged_by");
    return new Raised(
        row.getLong("id"),
        new Alarm(
            row.getString("key"),
            Severity.ofRank(row.getInt("severity")),
            row.getString("subject"),
            row.getString("sentence"),
            row.getString("owner")),
        Instant.ofEpochMilli(row.getLong("first_ms")),
        Instant.ofEpochMilli(row.getLong("last_ms")),
        row.getLong("times"),
        acknowledged == null ? null : new Acknowledgement(by == null ? "" : by, acknowledged),
        instant(row, "resolved_ms"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(value);
  }
}
