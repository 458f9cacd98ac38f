package dev.wellhead.server.firewall;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which projects have to be judged again: a count of what happened to each, and to all of them.
///
/// It is written in the transaction of the change. Other processes read one row of it, by the
/// request that comes first after a while, so that a block holds everywhere within a second.
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final Duration COUNTS_FOR = Duration.ofMillis(200);
  private static final Duration AHEAD = Duration.ofMillis(80);
  private static final Duration KEPT_FOR = Duration.ofHours(1);
  private static final String ALL = "*";

  private final Database database;
  private final InstantSource clock;
  private final ConcurrentMap<String, Long> touched = new ConcurrentHashMap<>();
  private final AtomicLong allTouched = new AtomicLong();
  private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(-1, Instant.MIN));
  private final AtomicBoolean looking = new AtomicBoolean();

  private record Seen(long number, Instant until) {}

  private record Touch(long number, String project) {}

  Changes(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Notes in the caller's transaction that these projects are to be judged again.
  static void touch(Handle tx, Collection<String> projects, Instant now) {
    long number =
        tx.createQuery("UPDATE firewall_change SET number = number + 1 RETURNING number")
            .mapTo(Long.class)
            .one();
    tx.createUpdate("DELETE FROM firewall_touch WHERE at_ms < :old")
        .bind("old", now.minus(KEPT_FOR).toEpochMilli())
        .execute();
    var batch =
        tx.prepareBatch(
            "INSERT INTO firewall_touch (number, project, at_ms) VALUES (:number, :project, :at)"
                + " ON CONFLICT (number, project) DO NOTHING");
    for (String project : projects) {
      batch.bind("number", number).bind("project", project).bind("at", now.toEpochMilli()).add();
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /// The same of every project.
  static void touchAll(Handle tx, Instant now) {
    touch(tx, List.of(ALL), now);
  }

  /// Whether memory says all there is to say at `now`. Begins the next look where that is due soon,
  /// and waits for nothing.
  boolean isFresh(Instant now) {
    Instant until = seen.get().until();
    if (!now.isBefore(until)) {
      return false;
    }
    if (!now.isBefore(until.minus(AHEAD)) && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("firewall-changes").start(this::lookAhead);
    }
    return true;
  }

  private void lookAhead() {
    try {
      read();
    } catch (DatabaseFault leftToRequests) {
      LOG.debug("a look ahead failed; requests will look themselves", leftToRequests);
    } finally {
      looking.set(false);
    }
  }

  /// What counts for `project`: verdicts under another number no longer hold. A look into memory.
  long number(String project) {
    return Math.max(allTouched.get(), touched.getOrDefault(project, 0L));
  }

  /// Reads what happened meanwhile, where the last look no longer counts.
  void look() throws DatabaseFault {
    if (!clock.instant().isBefore(seen.get().until())) {
      read();
    }
  }

  /// Makes the next look read: something was changed here.
  void expire() {
    seen.set(new Seen(seen.get().number(), Instant.MIN));
  }

  private void read() throws DatabaseFault {
    Instant now = clock.instant();
    Seen before = seen.get();
    long number =
        database.<Long>read(
            tx -> tx.createQuery("SELECT number FROM firewall_change").mapTo(Long.class).one());
    if (number != before.number()) {
      List<Touch> since = database.read(tx -> since(tx, before.number()));
      // Rows are forgotten after a while: a gap means that something was, and nobody says what.
      long told = since.stream().mapToLong(Touch::number).distinct().count();
      boolean gap = before.number() < 0 || told < number - before.number();
      for (Touch touch : since) {
        if (!touch.project().equals(ALL)) {
          touched.merge(touch.project(), touch.number(), Math::max);
        }
        if (touch.project().equals(ALL) || gap) {
          allTouched.accumulateAndGet(touch.number(), Math::max);
        }
      }
      if (gap) {
        allTouched.accumulateAndGet(number, Math::max);
      }
    }
    // Where something was changed meanwhile, what was read may be older than that.
    seen.compareAndSet(before, new Seen(number, now.plus(COUNTS_FOR)));
  }

  private static List<Touch> since(Handle tx, long number) {
    return tx.createQuery("SELECT number, project FROM firewall_touch WHERE number > :number")
        .bind("number", number)
        .map((row, _) -> new Touch(row.getLong("number"), row.getString("project")))
        .list();
  }
}
