package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Finding;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts files that somebody asked for and a rule had something against, by the hour. A crash
/// loses what was not written yet.
final class Tally {
  private final Database database;
  private final InstantSource clock;
  private final ConcurrentMap<Key, LongAdder> counted = new ConcurrentHashMap<>();

  private record Key(long hour, String rule, String mode, String verdict) {}

  Tally(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Counts one question for a file under the first finding of each mode.
  void count(Judgement judgement) {
    if (judgement.findings().isEmpty() || judgement.awaitsArrival()) {
      return;
    }
    long hour = clock.instant().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    String verdict = Decisions.word(judgement.verdict());
    Finding first = judgement.findings().getFirst();
    counted
        .computeIfAbsent(
            new Key(hour, first.rule(), first.mode().name().toLowerCase(Locale.ROOT), verdict),
            _ -> new LongAdder())
        .increment();
  }

  /// Writes what was counted since the last time.
  void flush() throws DatabaseFault {
    Map<Key, Long> due = new HashMap<>();
    for (Map.Entry<Key, LongAdder> each : counted.entrySet()) {
      long sum = each.getValue().sumThenReset();
      if (sum > 0) {
        due.put(each.getKey(), sum);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      database.write(tx -> {
        due.forEach((key, sum) ->
            tx.createUpdate(
                    """
                    INSERT INTO stop_hour (hour_ms, rule, mode, verdict, asked)
                    VALUES (:hour, :rule, :mode, :verdict, :sum)
                    ON CONFLICT (hour_ms, rule, mode, verdict)
                    DO UPDATE SET asked = stop_hour.asked + excluded.asked
                    """)
                .bind("hour", key.hour())
                .bind("rule", key.rule())
                .bind("mode", key.mode())
                .bind("verdict", key.verdict())
                .bind("sum", sum)
                .execute());
        return true;
      });
      written = true;
    } finally {
      if (!written) {
        due.forEach((key, sum) -> counted.computeIfAbsent(key, _ -> new LongAdder()).add(sum));
      }
    }
  }

  /// The hours from the one that holds `from` on, oldest first.
  List<StopHour> since(Instant from) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT * FROM stop_hour WHERE hour_ms >= :from ORDER BY hour_ms")
            .bind("from", from.truncatedTo(ChronoUnit.HOURS).toEpochMilli())
            .map((row, _) ->
                new StopHour(
                    Instant.ofEpochMilli(row.getLong("hour_ms")),
                    row.getString("rule"),
                    row.getString("mode"),
                    row.getString("verdict"),
                    row.getLong("asked")))
            .list());
  }
}
