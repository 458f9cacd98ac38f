package dev.wellhead.core.policy;

import java.util.List;

/// What a rule says of a file.
public sealed interface Outcome {
  record Pass() implements Outcome {}

  record Warn() implements Outcome {}

  record Hold(HoldEnd end) implements Outcome {}

  record Block() implements Outcome {}

  record Hide() implements Outcome {}

  /// Facts are missing: `unknown` ones that nobody could find out, `pending` ones that the file's
  /// bytes will tell. Both are names of facts, one of them is not empty.
  record CannotTell(List<String> unknown, List<String> pending) implements Outcome {
    public CannotTell {
      unknown = List.copyOf(unknown);
      pending = List.copyOf(pending);
    }

    /// Whether the file's bytes are all that is missing.
    public boolean awaitsArrival() {
      return unknown.isEmpty();
    }
  }
}
