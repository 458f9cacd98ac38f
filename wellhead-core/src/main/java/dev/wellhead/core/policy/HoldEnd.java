package dev.wellhead.core.policy;

import java.time.Instant;

/// When a hold ends.
public sealed interface HoldEnd {
  /// By itself, at this instant.
  record Until(Instant at) implements HoldEnd {}

  /// When somebody decides.
  record Decided() implements HoldEnd {}
}
