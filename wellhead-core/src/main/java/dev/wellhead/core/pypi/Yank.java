package dev.wellhead.core.pypi;

/// Whether a file was yanked: installers pass over it unless it is asked for by its exact version
/// (PEP 592).
public sealed interface Yank {
  /// In good standing.
  record Not() implements Yank {}

  /// Yanked, for a reason that may be empty and is shown to people as it is.
  record Yanked(String reason) implements Yank {}
}
