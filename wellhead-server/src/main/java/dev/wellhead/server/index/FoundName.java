package dev.wellhead.server.index;

import dev.wellhead.core.pypi.NameSearch;

/// A project that a search found.
///
/// @param kind how its name fits what was typed
/// @param origin where it is, the nearest place first
/// @param gone whether its source no longer has it
public record FoundName(String name, NameSearch.Kind kind, Origin origin, boolean gone) {
  /// Where a project is, from near to far.
  public enum Origin {
    /// One of this index's own.
    HOSTED,
    /// Asked for before, so that its page is held here.
    SEEN,
    /// In an upstream's list of projects; nobody asked for it yet.
    LISTED
  }
}
