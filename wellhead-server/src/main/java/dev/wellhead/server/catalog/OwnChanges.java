package dev.wellhead.server.catalog;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A number that grows with every change that this house decides itself: hosted projects and
/// reserved names. What was remembered under the same number still holds.
///
/// One row is read for it, again and again while somebody asks: other processes may write it, and
/// no reader may wait long for what they decided. The next look is begun before the last one stops
/// counting, by a thread of its own. Otherwise all requests of that moment would leave the short
/// way through memory, which costs a server under load a tenth of its time.
public final class OwnChanges {
  private static final Logger LOG = LoggerFactory.getLogger(OwnChanges.class);
  private static final Duration COUNTS_FOR = Duration.ofMillis(200);
  private static final Duration AHEAD = Duration.ofMillis(80);

  private final Database database;
  private final InstantSource clock;
  private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(0, Instant.MIN));
  private final AtomicBoolean looking = new AtomicBoolean();

  private record Seen(long number, Instant until) {}

  public OwnChanges(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Counts one more in the caller's transaction.
  public static void note(Handle tx) {
    tx.execute("UPDATE own_changes SET number = number + 1");
  }

  /// As [#note] where `source` is the one of hosted projects.
  static void noteIfHosted(Handle tx, SourceId source) {
    tx.createUpdate(
            """
            UPDATE own_changes SET number = number + 1
            WHERE EXISTS (SELECT 1 FROM source WHERE id = :source AND url = :hosted)
            """)
        .bind("source", source.value())
        .bind("hosted", Hosting.SOURCE)
        .execute();
  }

  /// The number as it was seen last: a look into memory.
  public long number() {
    return seen.get().number();
  }

  /// Whether the last look still counts. Begins the next one where that is due soon, and waits for
  /// nothing.
  public boolean isFresh(Instant now) {
    Instant until = seen.get().until();
    if (!now.isBefore(until)) {
      return false;
    }
    if (!now.isBefore(until.minus(AHEAD)) && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("own-changes").start(this::lookAhead);
    }
    return true;
  }

  /// The number now, read where the last look no longer counts.
  public long look() throws DatabaseFault {
    Instant now = clock.instant();
    Seen before = seen.get();
    return now.isBefore(before.until()) ? before.number() : read(before, now);
  }

  private void lookAhead() {
    try {
      read(seen.get(), clock.instant());
    } catch (DatabaseFault leftToRequests) {
      LOG.debug("a look ahead failed; requests will look themselves", leftToRequests);
    } finally {
      looking.set(false);
    }
  }

  private long read(Seen before, Instant now) throws DatabaseFault {
    long number =
        database.<Long>read(
            tx -> tx.createQuery("SELECT number FROM own_changes").mapTo(Long.class).one());
    // Where something was changed meanwhile, what was read may be older than that.
    seen.compareAndSet(before, new Seen(number, now.plus(COUNTS_FOR)));
    return number;
  }

  /// Makes the next look read: something was changed here.
  public void expire() {
    seen.set(new Seen(seen.get().number(), Instant.MIN));
  }
}
