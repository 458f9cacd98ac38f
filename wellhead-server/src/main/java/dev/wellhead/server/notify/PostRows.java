package dev.wellhead.server.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables of deliveries, in the caller's transaction.
final class PostRows {
  private static final Duration KEPT = Duration.ofDays(30);

  private PostRows() {}

  /// An event on its way.
  ///
  /// @param attempts with the one that begins now
  record Due(AlarmEvent event, int attempts) {}

  /// How a destination did.
  record Standing(@Nullable Instant delivered, @Nullable Instant failing, String failure) {}

  /// A destination that was never seen gets what comes from now on.
  static void register(Handle tx, String destination) {
    tx.createUpdate(
            """
            INSERT INTO notify_destination (name, seen)
            VALUES (:name, (SELECT coalesce(max(id), 0) FROM alarm_event))
            ON CONFLICT (name) DO NOTHING
            """)
        .bind("name", destination)
        .execute();
  }

  /// Whether there is anything new, or anything due.
  static boolean hasWork(Handle tx, String destination, Instant now) {
    return tx.createQuery(
            """
            SELECT CASE WHEN
              (SELECT coalesce(max(id), 0) FROM alarm_event)
                > (SELECT seen FROM notify_destination WHERE name = :name)
              OR EXISTS (SELECT 1 FROM notify_delivery
                WHERE destination = :name AND state = 'waiting' AND next_ms <= :now)
              THEN 1 ELSE 0 END
            """)
        .bind("name", destination)
        .bind("now", now.toEpochMilli())
        .mapTo(Integer.class)
        .one()
        .equals(1);
  }

  /// Puts new events on their way, those that are grave enough.
  static void takeUp(Handle tx, String destination, Severity least, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO notify_delivery (destination, event, state, attempts, next_ms)
            SELECT notify_destination.name, alarm_event.id, 'waiting', 0, :now
            FROM alarm_event, notify_destination
            WHERE notify_destination.name = :name
              AND alarm_event.id > notify_destination.seen AND alarm_event.severity >= :least
            """)
        .bind("name", destination)
        .bind("least", least.rank())
        .bind("now", now.toEpochMilli())
        .execute();
    int moved =
        tx.createUpdate(
                """
                UPDATE notify_destination SET seen = (SELECT max(id) FROM alarm_event)
                WHERE name = :name AND seen < (SELECT max(id) FROM alarm_event)
                """)
            .bind("name", destination)
            .execute();
    if (moved > 0) {
      forgetOld(tx, destination, now);
    }
  }

  /// What is due, the oldest first, each taken so that nobody else takes it before `lease` is over.
  static List<Due> claim(Handle tx, String destination, Instant now, Duration lease, int most) {
    List<Due> due =
        tx.createQuery(
                """
                SELECT alarm_event.*, alarm.key, notify_delivery.attempts
                FROM notify_delivery
                JOIN alarm_event ON alarm_event.id = notify_delivery.event
                JOIN alarm ON alarm.id = alarm_event.alarm
                WHERE notify_delivery.destination = :destination
                  AND notify_delivery.state = 'waiting' AND notify_delivery.next_ms <= :now
                ORDER BY notify_delivery.next_ms, notify_delivery.event LIMIT :most
                """)
            .bind("destination", destination)
            .bind("now", now.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    new AlarmEvent(
                        row.getLong("id"),
                        row.getLong("alarm"),
                        AlarmEvent.Kind.of(row.getString("kind")),
                        Instant.ofEpochMilli(row.getLong("at_ms")),
                        row.getString("key"),
                        Severity.ofRank(row.getInt("severity")),
                        row.getString("subject"),
                        row.getString("sentence"),
                        row.getString("owner")),
                    row.getInt("attempts") + 1))
            .list();
    for (Due each : due) {
      move(tx, destination, each, "waiting", now.plus(lease));
    }
    return due;
  }

  /// Notes what became of an attempt.
  ///
  /// @param state `waiting`, `delivered` or `given-up`
  /// @param next when it is tried again, or when it ended
  static void move(Handle tx, String destination, Due due, String state, Instant next) {
    tx.createUpdate(
            """
            UPDATE notify_delivery SET state = :state, attempts = :attempts, next_ms = :next
            WHERE destination = :destination AND event = :event AND state = 'waiting'
            """)
        .bind("destination", destination)
        .bind("event", due.event().id())
        .bind("state", state)
        .bind("attempts", due.attempts())
        .bind("next", next.toEpochMilli())
        .execute();
  }

  static void took(Handle tx, String destination, Instant now) {
    tx.createUpdate(
            """
            UPDATE notify_destination SET delivered_ms = :now, failing_since_ms = NULL,
              failure = NULL
            WHERE name = :name
            """)
        .bind("name", destination)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void failed(Handle tx, String destination, String why, Instant now) {
    tx.createUpdate(
            """
            UPDATE notify_destination SET failing_since_ms = coalesce(failing_since_ms, :now),
              failure = :why
            WHERE name = :name
            """)
        .bind("name", destination)
        .bind("why", why)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static Standing standing(Handle tx, String destination) {
    return tx.createQuery("SELECT * FROM notify_destination WHERE name = :name")
        .bind("name", destination)
        .map((row, _) -> {
          String failure = row.getString("failure");
          return new Standing(
              AlarmRows.instant(row, "delivered_ms"),
              AlarmRows.instant(row, "failing_since_ms"),
              failure == null ? "" : failure);
        })
        .findOne()
        .orElse(new Standing(null, null, ""));
  }

  static long count(Handle tx, String destination, String state) {
    return tx.createQuery(
            """
            SELECT count(*) FROM notify_delivery
            WHERE destination = :destination AND state = :state
            """)
        .bind("destination", destination)
        .bind("state", state)
        .mapTo(Long.class)
        .one();
  }

  private static void forgetOld(Handle tx, String destination, Instant now) {
    tx.createUpdate(
            """
            DELETE FROM notify_delivery
            WHERE destination = :destination AND state IN ('delivered', 'given-up')
              AND next_ms < :before
            """)
        .bind("destination", destination)
        .bind("before", now.minus(KEPT).toEpochMilli())
        .execute();
  }
}
