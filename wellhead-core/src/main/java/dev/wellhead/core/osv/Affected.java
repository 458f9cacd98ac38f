package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a record says of one project: ranges, a list of versions, hashes of files, and the sources
/// that said so, each with its own versions.
public record Affected(
    ProjectName project,
    List<Range> ranges,
    VersionList versions,
    Set<Sha256> hashes,
    List<Origin> origins) {

  public Affected {
    ranges = List.copyOf(ranges);
    hashes = Set.copyOf(hashes);
    origins = List.copyOf(origins);
  }

  Coverage covers(@Nullable Version version, @Nullable Sha256 sha256) {
    return new Coverage.None();
  }

  Optional<Version> fixedIn(Version version) {
    return Optional.empty();
  }
}
