package dev.wellhead.core.policy;

/// What is wrong with a policy's text, and where: line and column count from 1.
public record Problem(Kind kind, int line, int column, String sentence) {
  /// An error keeps the policy from being used, a warning does not.
  public enum Kind {
    ERROR,
    WARNING
  }
}
