package dev.wellhead.server.boot;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to change what is kept: a verb's, or the server's own work behind the scenes.
///
/// Of verbs one at a time has its turn, and others are told whose it is. The server's own work
/// waits for them, and makes room when one comes: nobody is turned away for its sake.
final class Turns {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private @Nullable String verb;
  private int waiting;
  private boolean isWorkBehind;
  private final Runnable afterVerb;

  /// @param afterVerb called whenever a verb has ended
  Turns(Runnable afterVerb) {
    this.afterVerb = afterVerb;
  }

  interface Work<E extends Exception> {
    /// Does the work, or some of it.
    ///
    /// @param goOn asked again and again: whether nobody waits for this work to end
    void run(BooleanSupplier goOn) throws E, InterruptedException;
  }

  /// Null where it is `name`'s turn from now on, else the verb whose turn it is.
  @Nullable String take(String name) {
    lock.lock();
    try {
      waiting++;
      while (isWorkBehind) {
        changed.awaitUninterruptibly();
      }
      waiting--;
      String other = verb;
      if (other == null) {
        verb = name;
      }
      changed.signalAll();
      return other;
    } finally {
      lock.unlock();
    }
  }

  void giveBack() {
    lock.lock();
    try {
      verb = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    afterVerb.run();
  }

  /// Runs `work` when no verb has its turn.
  <E extends Exception> void behind(Work<E> work) throws E, InterruptedException {
    lock.lock();
    try {
      while (verb != null || waiting > 0 || isWorkBehind) {
        changed.await();
      }
      isWorkBehind = true;
    } finally {
      lock.unlock();
    }
    try {
      work.run(this::isUndisturbed);
    } finally {
      lock.lock();
      try {
        isWorkBehind = false;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean isUndisturbed() {
    lock.lock();
    try {
      return waiting == 0;
    } finally {
      lock.unlock();
    }
  }
}
