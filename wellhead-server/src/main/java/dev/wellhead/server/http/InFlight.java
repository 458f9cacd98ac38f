package dev.wellhead.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the requests that are being answered, and lets a stop wait for the last one.
final class InFlight {
  private final AtomicInteger count = new AtomicInteger();
  // Guards nothing but the signal: the count is atomic, so that requests never wait for each other.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private volatile boolean awaited;

  int count() {
    return count.get();
  }

  void begin() {
    count.incrementAndGet();
  }

  void end() {
    if (count.decrementAndGet() == 0 && awaited) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits until nothing is in flight; false when `limit` passed first.
  boolean awaitNone(Duration limit) throws InterruptedException {
    awaited = true;
    long left = limit.toNanos();
    lock.lock();
    try {
      while (count.get() > 0) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
