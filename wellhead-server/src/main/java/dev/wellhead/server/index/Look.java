package dev.wellhead.server.index;

import dev.wellhead.server.catalog.HeldProject;
import java.util.List;

/// A project as a view shows it now, for pages for people.
///
/// @param source the source that answers for it; of a joined project the first one that has it
/// @param joined the sources whose files are joined under this name, in their order; empty where
///   one source answers alone
/// @param project with its files; those of joined sources are merged as on the page
/// @param standing in a sentence: fresh, stale since when and why, or reserved
public record Look(String source, List<String> joined, HeldProject project, String standing) {
  public Look {
    joined = List.copyOf(joined);
  }
}
