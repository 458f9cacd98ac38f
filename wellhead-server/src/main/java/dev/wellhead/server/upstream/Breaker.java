package dev.wellhead.server.upstream;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves one host in peace after failures in a row, then lets one question through that decides.
///
/// Everybody would else wait for the full time limits of a host that is down. The lock is the
/// object's own and guards all of its state; nothing is done under it but counting.
final class Breaker {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

  private final Origin origin;
  private final Persistence persistence;
  private final InstantSource clock;
  private Health.Circuit circuit = Health.Circuit.CLOSED;
  private @Nullable Instant askedAgainAt;
  private @Nullable Instant lastSuccess;
  private @Nullable Instant lastFailure;
  private String failure = "";
  private int failuresInARow;
  private long answered;
  private long failed;

  Breaker(Origin origin, Persistence persistence, InstantSource clock) {
    this.origin = origin;
    this.persistence = persistence;
    this.clock = clock;
  }

  sealed interface Admission {
    record Granted(Call call) implements Admission {}

    record Denied(String why, @Nullable Instant askedAgainAt) implements Admission {}
  }

  synchronized Admission admit() {
    boolean due = askedAgainAt == null || !askedAgainAt.isAfter(clock.instant());
    if (circuit == Health.Circuit.OPEN && due) {
      circuit = Health.Circuit.HALF_OPEN;
      return new Admission.Granted(new Call());
    }
    return switch (circuit) {
      case CLOSED -> new Admission.Granted(new Call());
      case OPEN, HALF_OPEN ->
          new Admission.Denied(
              origin
                  + " is not asked for a while after "
                  + failuresInARow
                  + " failures in a row; the last one: "
                  + failure,
              askedAgainAt);
    };
  }

  synchronized boolean isOpen() {
    return circuit != Health.Circuit.CLOSED;
  }

  synchronized Health.Host health() {
    return new Health.Host(
        origin.toString(),
        circuit,
        circuit == Health.Circuit.CLOSED ? null : askedAgainAt,
        lastSuccess,
        lastFailure,
        failure,
        answered,
        failed);
  }

  private synchronized void reopenOrClose(boolean usable) {
    if (circuit == Health.Circuit.HALF_OPEN) {
      circuit = usable ? Health.Circuit.CLOSED : Health.Circuit.OPEN;
      if (usable) {
        LOG.info("{} answers again", origin);
      }
    }
  }

  private synchronized void succeeded() {
    answered++;
    failuresInARow = 0;
    lastSuccess = clock.instant();
  }

  private synchronized void failed(String why) {
    failed++;
    failuresInARow++;
    failure = why;
    lastFailure = clock.instant();
    boolean probe = circuit == Health.Circuit.HALF_OPEN;
    if (probe || failuresInARow >= persistence.failures()) {
      if (circuit == Health.Circuit.CLOSED) {
        LOG.warn("{} is not asked for {}: {}", origin, persistence.pause(), why);
      }
      circuit = Health.Circuit.OPEN;
      askedAgainAt = lastFailure.plus(persistence.pause());
    }
  }

  /// One question to the host; whoever has it says how it went. Only the first word on success or
  /// failure counts.
  final class Call {
    private boolean answering;
    private boolean settled;

    /// A usable head came. That closes the circuit; a body may still fail.
    void answered() {
      answering = true;
      reopenOrClose(true);
    }

    /// All went well, or it is our side that stopped.
    synchronized void completed() {
      if (!settled) {
        settled = true;
        succeeded();
      }
    }

    synchronized void failed(String why) {
      if (!settled) {
        settled = true;
        Breaker.this.failed(why);
      }
    }

    /// Nothing came of it and nobody is to blame; the next question decides in its place.
    synchronized void abandoned() {
      if (!settled && !answering) {
        settled = true;
        reopenOrClose(false);
      }
    }
  }
}
