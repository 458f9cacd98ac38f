package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running server's own work on what is kept, on one thread: when it is woken, and now and then
/// since time alone makes things old.
///
/// A platform thread, since it reads files and databases for long. It gives way to verbs ([Turns]).
final class Upkeep implements AutoCloseable {
  /// How long it sleeps where nobody wakes it.
  static final Duration LONGEST_SLEEP = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration AFTER_FAULT = Duration.ofMinutes(1);

  private final Turns turns = new Turns(this::wake); // a verb may have left something to do
  private final Semaphore woken = new Semaphore(1); // a first look at the start
  private final Thread thread = Thread.ofPlatform().name("upkeep").daemon().unstarted(this::work);
  private volatile List<Chore> chores = List.of();
  private volatile boolean closed;

  /// A piece of work that may be due.
  interface Chore {
    /// Does what is due, as long as `goOn` says so, and says when to come again at the latest.
    Duration run(BooleanSupplier goOn) throws DatabaseFault, IOException, InterruptedException;
  }

  /// By which it gives way to verbs.
  Turns turns() {
    return turns;
  }

  /// Begins with a first look.
  void start(List<Chore> all) {
    chores = List.copyOf(all);
    thread.start();
  }

  /// Lets it look soon. Costs nothing, and may be called before it was started.
  void wake() {
    if (woken.availablePermits() == 0) {
      woken.release();
    }
  }

  /// Ends what is under way at its next step, and waits for that.
  @Override
  public void close() {
    closed = true;
    wake();
    boolean interrupted = false;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    Duration sleep = Duration.ZERO;
    while (!closed) {
      try {
        var _ = woken.tryAcquire(sleep.toMillis(), TimeUnit.MILLISECONDS);
        woken.drainPermits();
        sleep = LONGEST_SLEEP;
        for (Chore chore : chores) {
          Duration again = chore(chore);
          sleep = again.compareTo(sleep) < 0 ? again : sleep;
        }
      } catch (InterruptedException stop) {
        return; // only close interrupts
      }
    }
  }

  // The edge of a chore: whatever goes wrong in one must not end the thread.
  private Duration chore(Chore chore) throws InterruptedException {
    Duration[] again = {LONGEST_SLEEP};
    try {
      turns.<Exception>behind(goOn -> again[0] = chore.run(() -> !closed && goOn.getAsBoolean()));
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception e) {
      if (!closed) { // else it was interrupted
        LOG.warn("the server's own work failed; it is tried again in a minute", e);
      }
      return AFTER_FAULT;
    }
    return again[0];
  }
}
