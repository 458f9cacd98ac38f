package dev.wellhead.server.release;

/// Whether an import takes files in or only says what it would do.
public enum ImportMode {
  /// Nothing is written.
  DRY_RUN,
  IMPORT
}
