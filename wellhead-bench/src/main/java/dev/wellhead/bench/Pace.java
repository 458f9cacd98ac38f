package dev.wellhead.bench;

/// When the next request is sent.
public sealed interface Pace {

  /// Each connection sends its next request as soon as it has the answer to the one before (closed
  /// loop). Right for cost per request; wrong for latency, since a slow server is asked less.
  record AsAnswered() implements Pace {}

  /// Requests fall due at an even rate whatever the server does (open loop). A request that is due
  /// while every connection waits is sent late, and its latency counts from when it was due: a
  /// stall is charged to all who would have met it (no coordinated omission).
  record Steady(double perSecond) implements Pace {
    public Steady {
      if (!(perSecond > 0 && perSecond <= 1_000_000)) {
        throw new IllegalArgumentException("a rate lies between 0 and 1,000,000 a second");
      }
    }

    /// Nanoseconds after the start at which request number `index` (from 0) is due.
    long dueNanos(long index) {
      return (long) (index * (1e9 / perSecond));
    }
  }
}
