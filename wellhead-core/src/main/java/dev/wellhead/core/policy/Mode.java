package dev.wellhead.core.policy;

/// What a policy makes of what a rule finds.
public enum Mode {
  /// The rule is not asked.
  OFF,
  /// Recorded, and told to nobody but those who look.
  OBSERVE,
  /// The file is served, and the finding is told.
  WARN,
  /// The finding acts.
  ENFORCE
}
