package dev.wellhead.core.osv;

/// Whether a record speaks of a file, and by what it does.
public sealed interface Coverage {
  /// It does not.
  record None() implements Coverage {}

  /// The record holds the file's own hash.
  record ByHash() implements Coverage {}

  /// The record lists the file's version.
  record ByVersion() implements Coverage {}

  /// The file's version lies in a range of the record's, which may be the project as a whole.
  record ByRange(boolean wholeProject) implements Coverage {}

  /// The record speaks of the project, and it cannot be told whether of this file.
  record Unclear(String why) implements Coverage {}

  /// Whether the record speaks of the file for sure.
  default boolean isCertain() {
    return switch (this) {
      case ByHash _, ByVersion _, ByRange _ -> true;
      case None _, Unclear _ -> false;
    };
  }

  /// The one that says more of the file.
  static Coverage stronger(Coverage one, Coverage other) {
    return one.strength() >= other.strength() ? one : other;
  }

  private int strength() {
    return switch (this) {
      case None _ -> 0;
      case Unclear _ -> 1;
      case ByRange _ -> 2;
      case ByVersion _ -> 3;
      case ByHash _ -> 4;
    };
  }
}
