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
  private static final Duration LEAST = Duration.ofSeconds(15);
  private static final int PAUSE_FACTOR = 100;

  private final Blobs blobs;
  private final InstantSource clock;
  private final Semaphore counting = new Semaphore(1);
  private volatile @Nullable Counted last;

  /// @param until when it counts: a count may take a hundredth of the time
  private record Counted(Blobs.Usage usage, Instant until) {}

  StoreSize(Blobs blobs, InstantSource clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  /// As counted last; empty until the first count has ended. Begins another one where the last no
  /// longer counts.
  Optional<Blobs.Usage> last() {
    Counted known = last;
    if ((known == null || known.until().isBefore(clock.instant())) && counting.tryAcquire()) {
      Thread.ofVirtual().name("store-size").start(this::count);
    }
    return Optional.ofNullable(known).map(Counted::usage);
  }

  private void count() {
    try {
      Instant begun = clock.instant();
      Blobs.Usage usage = blobs.usage();
      Instant ended = clock.instant();
      Duration pause = Duration.between(begun, ended).multipliedBy(PAUSE_FACTOR);
      last = new Counted(usage, ended.plus(pause.compareTo(LEAST) > 0 ? pause : LEAST));
    } catch (IOException e) {
      LOG.warn("the store could not be counted: {}", e.getMessage());
    } finally {
      counting.release();
    }
  }
}
