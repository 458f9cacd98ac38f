package dev.wellhead.server.db;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A unit on its way through another thread, and the caller who waits for it.
///
/// A caller that is interrupted takes the unit back where it has not begun; where it has, the
/// caller waits for its end, so that nobody goes on without knowing what became of a write.
final class Pending<T extends @Nullable Object> implements Order {
  private enum State {
    WAITING,
    BEGUN,
    TAKEN_BACK
  }

  private final Unit<T> unit;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CountDownLatch ended = new CountDownLatch(1);

  // Written by the thread that runs the unit before `ended` opens, read by the caller after.
  private @Nullable Outcome<T> outcome;

  private sealed interface Outcome<T extends @Nullable Object> {
    record Returned<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Thrown<T extends @Nullable Object>(RuntimeException thrown) implements Outcome<T> {}

    record Broken<T extends @Nullable Object>(Error thrown) implements Outcome<T> {}

    record Faulted<T extends @Nullable Object>(DatabaseFault fault) implements Outcome<T> {}
  }

  Pending(Unit<T> unit) {
    this.unit = unit;
  }

  /// Whether the unit is to be run: `false` where its caller took it back.
  boolean begin() {
    return state.compareAndSet(State.WAITING, State.BEGUN);
  }

  /// Runs the unit and says whether it returned. Its caller is not told before [#end()].
  boolean run(Handle tx, String where) {
    try {
      outcome = new Outcome.Returned<>(unit.run(tx));
      return true;
    } catch (JdbiException e) {
      outcome = new Outcome.Faulted<>(new DatabaseFault(where + " failed a statement: " + e, e));
    } catch (RuntimeException e) {
      outcome = new Outcome.Thrown<>(e);
    } catch (Error e) { // belongs to the caller; the thread serves others
      outcome = new Outcome.Broken<>(e);
    }
    return false;
  }

  /// Lets the caller go on with what became of the unit.
  void end() {
    ended.countDown();
  }

  /// Lets the caller go on with a fault, whatever the unit returned.
  void fail(String message, Throwable cause) {
    outcome = new Outcome.Faulted<>(new DatabaseFault(message, cause));
    ended.countDown();
  }

  /// Waits for the end, on the caller's thread.
  T await() throws DatabaseFault {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          ended.await();
          return result();
        } catch (InterruptedException e) {
          interrupted = true;
          if (state.compareAndSet(State.WAITING, State.TAKEN_BACK)) {
            throw new DatabaseFault("interrupted before the unit began; nothing was changed", e);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private T result() throws DatabaseFault {
    return switch (outcome) {
      case null -> throw new IllegalStateException("ended without an outcome");
      case Outcome.Returned<T>(T value) -> value;
      case Outcome.Thrown<T>(RuntimeException thrown) -> throw thrown;
      case Outcome.Broken<T>(Error thrown) -> throw thrown;
      case Outcome.Faulted<T>(DatabaseFault fault) -> throw fault;
    };
  }
}
