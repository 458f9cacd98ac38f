package dev.wellhead.core.policy;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Coverage;
import dev.wellhead.core.pypi.Version;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An advisory that covers the file.
///
/// @param sources who stands behind it for this version; where the record names nobody, the feed
/// @param knownExploited whether a list of exploited vulnerabilities names it or one of its aliases
/// @param fixedIn the first fixed version behind the file's own, null where none is named
public record Match(
    Advisory advisory,
    Coverage coverage,
    Set<String> sources,
    boolean knownExploited,
    @Nullable Version fixedIn) {
  public Match {
    sources = Set.copyOf(sources);
  }
}
