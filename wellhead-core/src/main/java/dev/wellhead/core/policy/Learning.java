package dev.wellhead.core.policy;

import java.time.Instant;

/// Whether this house has a record of what is in use that can be gone by.
public sealed interface Learning {
  /// It has: the policy holds as it is written.
  record Over() implements Learning {}

  /// It began with none: until then the cooldown only warns.
  record Until(Instant end) implements Learning {}
}
