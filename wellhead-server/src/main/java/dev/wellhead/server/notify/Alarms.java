package dev.wellhead.server.notify;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.notify.Raised.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The one record of alarms for all of Wellhead.
///
/// An alarm is raised and resolved in the transaction of what it is about, by static methods that
/// take its handle: there is never one without the other. It is *open* until somebody acknowledges
/// it, and *stands* until its cause is gone. Whoever raised it resolves it; where a cause never
/// goes by itself (a load that was refused), acknowledging is all that is ever done.
public final class Alarms {
  /// After this long without a word an acknowledged alarm that comes again is a new one.
  static final Duration FORGOTTEN = Duration.ofDays(1);

  /// So many alarms stand at most; what comes then is counted in one that says so. Keys may hold
  /// names that attackers choose, and there is no end of those.
  static final int MOST_STANDING = 1_000;

  private static final String TOO_MANY = "notify-too-many";
  private static final Duration COUNTS_FOR = Duration.ofSeconds(1);

  private final Database database;
  private final InstantSource clock;
  private volatile Counted counted = new Counted(Instant.MIN, AlarmCounts.NONE);

  private record Counted(Instant at, AlarmCounts counts) {}

  public Alarms(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Registers `wellhead_alarms_open{severity}`.
  public void measure(MeterRegistry metrics) {
    for (Severity severity : Severity.values()) {
      Gauge.builder("wellhead.alarms.open", this, alarms -> alarms.gauge(severity))
          .tag("severity", severity.word())
          .description("alarms that nobody acknowledged yet")
          .register(metrics);
    }
  }

  /// Raises an alarm: it is recorded, shown and sent when the transaction commits.
  ///
  /// Where one with its key stands already, that one counts it and takes over what it says; the
  /// higher severity stays. Nothing is sent for that, unless it got worse. An acknowledged one
  /// opens again as a new alarm when it got worse, or when it was quiet for a day.
  public static void raise(Handle tx, Alarm alarm, Instant at) {
    Optional<AlarmRows.Held> standing = AlarmRows.standing(tx, alarm.key());
    if (standing.isEmpty()) {
      if (!alarm.key().equals(TOO_MANY) && AlarmRows.standing(tx) >= MOST_STANDING) {
        raise(tx, tooMany(), at);
        return;
      }
      AlarmRows.add(tx, alarm, at);
      return;
    }
    AlarmRows.Held held = standing.get();
    boolean isWorse = alarm.severity().compareTo(held.severity()) > 0;
    boolean isForgotten = at.isAfter(held.last().plus(FORGOTTEN));
    if (held.isAcknowledged() && (isWorse || isForgotten)) {
      AlarmRows.end(tx, held.id(), at);
      AlarmRows.add(tx, alarm, at);
    } else {
      AlarmRows.again(tx, held, alarm, at);
      if (isWorse) {
        AlarmRows.tell(tx, held.id(), AlarmEvent.Kind.WORSE, at);
      }
    }
  }

  /// Says that the cause of the alarm with this key is gone; nothing happens where none stands.
  ///
  /// @return whether one stood
  public static boolean resolve(Handle tx, String key, Instant at) {
    Optional<AlarmRows.Held> standing = AlarmRows.standing(tx, OneLine.of(key, Alarm.KEY));
    standing.ifPresent(held -> {
      AlarmRows.end(tx, held.id(), at);
      AlarmRows.tell(tx, held.id(), AlarmEvent.Kind.RESOLVED, at);
    });
    return standing.isPresent();
  }

  /// Notes that somebody knows of the alarm. The first one who says so stays.
  ///
  /// @param by who, in words that people read
  /// @return the alarm as it is now; empty where there is none of this number
  public Optional<Raised> acknowledge(long id, String by) throws DatabaseFault {
    Instant at = clock.instant();
    String who = OneLine.of(by, Alarm.OWNER);
    Optional<Raised> now =
        database.write(tx -> {
          AlarmRows.acknowledge(tx, id, who, at);
          return AlarmRows.one(tx, id);
        });
    counted = new Counted(Instant.MIN, counted.counts());
    return now;
  }

  /// Alarms of one standing: open ones by severity, the gravest first, then the latest; others the
  /// latest first.
  ///
  /// @param from how many to leave out at the beginning
  public List<Raised> list(Standing standing, int from, int most) throws DatabaseFault {
    return database.read(tx -> AlarmRows.list(tx, standing, from, most));
  }

  /// How many there are of one standing.
  public long count(Standing standing) throws DatabaseFault {
    return database.<Long>read(tx -> AlarmRows.count(tx, standing));
  }

  /// How many are open. Up to a second old, so that every page can show it.
  public AlarmCounts open() throws DatabaseFault {
    Instant now = clock.instant();
    Counted before = counted;
    if (!now.isBefore(before.at()) && now.isBefore(until(before))) {
      return before.counts();
    }
    AlarmCounts counts = database.read(AlarmRows::open);
    counted = new Counted(now, counts);
    return counts;
  }

  /// How many were open when [#open] looked last: a look into memory, for threads that must not
  /// wait.
  public AlarmCounts remembered() {
    return counted.counts();
  }

  private static Instant until(Counted counted) {
    return counted.at().equals(Instant.MIN) ? Instant.MIN : counted.at().plus(COUNTS_FOR);
  }

  private double gauge(Severity severity) {
    try {
      return open().of(severity);
    } catch (DatabaseFault e) {
      return Double.NaN; // a scrape has no other way to say that it is not known
    }
  }

  private static Alarm tooMany() {
    return new Alarm(
        TOO_MANY,
        Severity.CRITICAL,
        "More alarms than can be shown",
        MOST_STANDING
            + " alarms stand; further ones are only counted in this one. Look through them and"
            + " remove the cause: as long as so many stand, new ones are neither shown nor sent.",
        Alarm.ADMINISTRATOR);
  }
}
