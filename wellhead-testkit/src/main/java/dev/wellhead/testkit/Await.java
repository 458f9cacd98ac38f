package dev.wellhead.testkit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits until something is so, for tests that have no event to wait on.
///
/// A latch or a future is better where there is one. The limit is generous since it only ends tests
/// that fail; a test that passes leaves as soon as the condition holds.
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long STEP_MILLIS = 5;

  private Await() {}

  /// Returns once `condition` holds; an `AssertionError` that names `what` after ten seconds.
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  /// As above, with a limit. It is counted in steps of five milliseconds, so it is no stopwatch.
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    Semaphore never = new Semaphore(0);
    for (long step = 0; step * STEP_MILLIS <= limit.toMillis(); step++) {
      if (condition.getAsBoolean()) {
        return;
      }
      try {
        if (never.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("nobody gives this permit");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting until " + what, e);
      }
    }
    throw new AssertionError("waited " + limit + " in vain until " + what);
  }
}
