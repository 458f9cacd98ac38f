package dev.wellhead.server.upstream;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits on purpose.
@FunctionalInterface
public interface Pause {
  /// Returns after about this time, or at once with the exception when the thread is interrupted.
  void pause(Duration time) throws InterruptedException;

  /// Really waits; cheap on a virtual thread.
  static Pause real() {
    return time -> {
      // A permit that nobody gives: the wait that cannot wake up early by itself.
      if (new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("nobody gives this permit");
      }
    };
  }
}
