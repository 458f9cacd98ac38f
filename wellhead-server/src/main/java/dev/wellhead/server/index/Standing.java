package dev.wellhead.server.index;

import java.time.Instant;

/// What is known of a project at this moment, and until when that counts.
sealed interface Standing {
  /// When the source is to be asked again.
  Instant validUntil();

  /// Held, and confirmed by the source a short while ago.
  record Current(long revision, Instant validUntil) implements Standing {}

  /// Held, but the source could not confirm it since `since`.
  record Stale(long revision, Instant since, String why, Instant validUntil) implements Standing {}

  /// The source says that there is no such project (any more).
  record Missing(String why, Instant validUntil) implements Standing {}

  /// Nothing is held and the source cannot be reached.
  record Unreachable(String why, Instant validUntil) implements Standing {}

  /// Nothing is held and what the source said cannot be used.
  record Refused(String why, Instant validUntil) implements Standing {}
}
