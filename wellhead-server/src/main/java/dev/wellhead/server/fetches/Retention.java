package dev.wellhead.server.fetches;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// How many whole months (UTC) before the current one are remembered; 0 keeps for ever.
///
/// Addresses are personal data. Who fetched which file is what is needed when a file turns out bad,
/// often a year later, so it is usually kept longer than single fetches, and never shorter.
///
/// @param rawMonths each single fetch with its time
/// @param seenMonths who fetched which file, counted from the last time
public record Retention(int rawMonths, int seenMonths) {
  public Retention {
    if (rawMonths < 0 || seenMonths < 0) {
      throw new IllegalArgumentException("months must not be negative");
    }
    if (seenMonths != 0 && (rawMonths == 0 || rawMonths > seenMonths)) {
      throw new IllegalArgumentException(
          "single fetches cannot be kept longer than who fetched what: " + rawMonths + " months");
    }
  }

  /// Before when single fetches are forgotten.
  Optional<Instant> rawStart(Instant now) {
    return start(now, rawMonths);
  }

  /// Before when a client must have been seen last to be forgotten.
  Optional<Instant> seenStart(Instant now) {
    return start(now, seenMonths);
  }

  static YearMonth month(Instant now) {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC));
  }

  private static Optional<Instant> start(Instant now, int months) {
    return months == 0
        ? Optional.empty()
        : Optional.of(
            month(now).minusMonths(months).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
  }
}
