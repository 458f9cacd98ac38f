package dev.wellhead.core.policy;

/// What becomes of a file.
public sealed interface Verdict {
  record Allow() implements Verdict {}

  /// It is served, and the findings are told.
  record Warn() implements Verdict {}

  record Hold(HoldEnd end) implements Verdict {}

  record Block() implements Verdict {}

  /// It is not there, for whoever asks.
  record Hide() implements Verdict {}

  /// A fact that a rule needs is missing; acts as a hold.
  record CannotTell() implements Verdict {}

  /// Whether the file's bytes and metadata may leave.
  default boolean isServed() {
    return switch (this) {
      case Allow _, Warn _ -> true;
      case Hold _, Block _, Hide _, CannotTell _ -> false;
    };
  }
}
