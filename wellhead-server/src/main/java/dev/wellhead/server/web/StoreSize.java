package dev.wellhead.server.web;

import dev.wellhead.server.blob.Blobs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much lies in the store, counted beside the requests: it means a look at every file.
final class StoreSize {
  private static final Logger LOG = LoggerFactory.getLogger(StoreSize.class);
  private static final Duration COUNTS_FOR = Duration.ofMinutes(5);

  private final Blobs blobs;
  private final InstantSource clock;
  private final Semaphore counting = new Semaphore(1);
  private volatile @Nullable Counted last;

  private record Counted(Blobs.Usage usage, Instant at) {}

  StoreSize(Blobs blobs, InstantSource clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  /// As counted last; empty until the first count has ended. Begins another one where the last is
  /// some minutes old.
  Optional<Blobs.Usage> last() {
    Counted known = last;
    if ((known == null || known.at().plus(COUNTS_FOR).isBefore(clock.instant()))
        && counting.tryAcquire()) {
      Thread.ofVirtual().name("store-size").start(this::count);
    }
    return Optional.ofNullable(known).map(Counted::usage);
  }

  private void count() {
    try {
      last = new Counted(blobs.usage(), clock.instant());
    } catch (IOException e) {
      LOG.warn("the store could not be counted: {}", e.getMessage());
    } finally {
      counting.release();
    }
  }
}
