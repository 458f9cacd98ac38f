package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Which blobs somebody is about to read by their paths.
///
/// Between looking a blob up and opening it somebody else may remove it. Who looks up notes it here
/// before; who removes does so within [#unlessLent]. Of the two one comes first: either the loan is
/// seen and the blob stays, or the blob is gone when it is looked up.
final class Loans {
  /// Who was handed a path opens it within moments; nobody judges by loans older than this.
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int WORTH_SWEEPING = 10_000;
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final ConcurrentHashMap<Sha256, Instant> lent = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

  interface Removal {
    boolean make() throws IOException;
  }

  void note(Sha256 sha256, Instant now) {
    lent.put(sha256, now); // waits for a removal of this very blob
    Instant due = nextSweep.get();
    if (lent.size() > WORTH_SWEEPING
        && now.isAfter(due)
        && nextSweep.compareAndSet(due, now.plus(BETWEEN_SWEEPS))) {
      Instant old = now.minus(LONGEST);
      lent.values().removeIf(at -> at.isBefore(old));
    }
  }

  /// Carries out `removal` unless the blob was lent after `since`; `false` where it was.
  boolean unlessLent(Sha256 sha256, Instant since, Removal removal) throws IOException {
    AtomicBoolean removed = new AtomicBoolean();
    try {
      lent.compute(
          sha256,
          (_, at) -> {
            if (at != null && at.isAfter(since)) {
              return at;
            }
            try {
              removed.set(removal.make());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return null;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return removed.get();
  }
}
