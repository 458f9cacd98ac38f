package dev.wellhead.core.pypi;

/// What to do with pre-releases that satisfy a specifier (PEP 440, Handling of pre-releases).
public enum Prereleases {
  /// They count like any other version.
  ALLOWED,
  /// They never count.
  REFUSED,
  /// They count where the specifier names one, or where nothing else satisfies it: the default of
  /// installers.
  WHEN_NOTHING_ELSE
}
