package dev.wellhead.core.policy;

/// Whether a name is kept for projects of this house.
public sealed interface Reservation {
  record Free() implements Reservation {}

  /// Kept by `pattern`; the reason may be empty.
  record Reserved(String pattern, String reason) implements Reservation {}
}
