package dev.wellhead.server.upstream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The connections to one host: so many and no more, whoever comes first gets one first, and
/// downloads leave a quarter of them to pages.
final class Connections {
  private final Semaphore all;
  private final Semaphore forFiles;

  Connections(int connections) {
    all = new Semaphore(connections, true);
    forFiles = new Semaphore(Math.max(1, connections - connections / 4), true);
  }

  /// Gives one back.
  interface Permit {
    void release();
  }

  Permit acquire(Ask.Purpose purpose, Duration wait, Origin origin)
      throws NoAnswerException, InterruptedException {
    if (purpose != Ask.Purpose.FILE) {
      take(all, wait, origin);
      return all::release;
    }
    take(forFiles, wait, origin);
    boolean complete = false;
    try {
      take(all, wait, origin);
      complete = true;
    } finally {
      if (!complete) {
        forFiles.release();
      }
    }
    return () -> {
      all.release();
      forFiles.release();
    };
  }

  private static void take(Semaphore semaphore, Duration wait, Origin origin)
      throws NoAnswerException, InterruptedException {
    if (!semaphore.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new NoAnswerException(
          "All connections to " + origin + " were busy for " + Words.time(wait) + ".");
    }
  }
}
