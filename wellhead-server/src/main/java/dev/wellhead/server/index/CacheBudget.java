package dev.wellhead.server.index;

import dev.wellhead.server.db.DatabaseFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many bytes copies of other indexes' files may take, and how many they do.
///
/// Counted once by a look at the folder, then with each file that arrives. Whoever runs the
/// server's background work is woken when it is too much, and calls [#keep].
public final class CacheBudget {
  /// Nothing goes that came in or was handed out within this time.
  public static final Duration UNTOUCHED = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(CacheBudget.class);
  private static final long UNKNOWN = -1;

  private final @Nullable Long most;
  private final Runnable wake;
  private final AtomicLong used = new AtomicLong(UNKNOWN);
  // What arrived while somebody counted may be in the count or not; it is added, and the next count
  // puts that right.
  private final AtomicLong arrived = new AtomicLong();
  private final Counter files;
  private final Counter bytes;

  /// @param most in bytes, or null where there is no limit
  /// @param wake called from any thread when more than that is here, or may be
  public CacheBudget(@Nullable Long most, MeterRegistry metrics, Runnable wake) {
    this.most = most;
    this.wake = wake;
    this.files =
        Counter.builder("wellhead.cache.evicted.files")
            .description("Copies of other indexes' files that were removed for the budget")
            .register(metrics);
    this.bytes =
        Counter.builder("wellhead.cache.evicted.bytes")
            .description("How many bytes those had")
            .register(metrics);
    if (most != null) {
      Gauge.builder("wellhead.cache.bytes", this, budget -> Math.max(0, budget.used.get()))
          .description("Bytes of copies of other indexes' files")
          .register(metrics);
      Gauge.builder("wellhead.cache.budget.bytes", () -> most)
          .description("How many those may be")
          .register(metrics);
    }
  }

  /// Without any limit.
  static CacheBudget none() {
    return new CacheBudget(null, new SimpleMeterRegistry(), () -> {});
  }

  /// What is used of what may be.
  ///
  /// @param used null before it was counted for the first time
  public record Standing(@Nullable Long used, long most) {}

  /// Null where there is no limit.
  public @Nullable Standing standing() {
    long now = used.get();
    return most == null ? null : new Standing(now == UNKNOWN ? null : (Long) now, most);
  }

  /// Notes a file that was brought from another index.
  void arrived(long length) {
    if (most == null) {
      return;
    }
    arrived.addAndGet(length);
    if (used.updateAndGet(now -> now == UNKNOWN ? UNKNOWN : now + length) > most) {
      wake.run();
    }
  }

  /// How far a run goes down, so that the next file that arrives does not begin another one.
  public static long low(long most) {
    return most - most / 10;
  }

  /// What [#keep] came to.
  public enum Kept {
    /// It is within the budget, or there is none.
    WITHIN,
    /// More was to be done than one run does, or it was interrupted: call again.
    UNFINISHED,
    /// What is left over must not go, or not yet: call again after [#UNTOUCHED].
    OVER
  }

  /// Counts what is here, and evicts where it is too much.
  public Kept keep(Eviction eviction, Eviction.Pace pace)
      throws DatabaseFault, IOException, InterruptedException {
    long now = used.get();
    if (most == null || (now != UNKNOWN && now <= most)) {
      return Kept.WITHIN;
    }
    long before = arrived.get();
    Eviction.Run run = eviction.run(most, low(most), Eviction.Mode.REMOVE, pace);
    note(run, before);
    if (!run.isWhole()) {
      return Kept.UNFINISHED;
    }
    if (used.get() <= most) {
      return Kept.WITHIN;
    }
    if (!run.evicted().isEmpty()) {
      return Kept.UNFINISHED;
    }
    LOG.info(
        "copies of other indexes' files take {} bytes of {}, and none of them may be removed yet",
        run.left(),
        most);
    return Kept.OVER;
  }

  /// Takes note of a run that somebody else made.
  public void note(Eviction.Run run) {
    note(run, arrived.get());
  }

  private void note(Eviction.Run run, long arrivedBefore) {
    if (run.isWhole()) {
      used.set(run.left() + arrived.get() - arrivedBefore);
    } else if (used.get() != UNKNOWN) {
      used.addAndGet(-run.bytes());
    }
    files.increment(run.evicted().size());
    bytes.increment((double) run.bytes());
    if (!run.evicted().isEmpty()) {
      LOG.info(
          "{} copies of other indexes' files, {} bytes, were evicted; {} bytes are left",
          run.evicted().size(),
          run.bytes(),
          run.left());
    }
  }
}
