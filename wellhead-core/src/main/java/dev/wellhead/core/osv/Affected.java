package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.util.Comparator;
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

  /// A file whose hash is not in the record may still have its version there: a file that was added
  /// later belongs to the same bad release.
  Coverage covers(@Nullable Version version, @Nullable Sha256 sha256) {
    if (sha256 != null && hashes.contains(sha256)) {
      return new Coverage.ByHash();
    }
    Coverage own = covered(versions, ranges, version);
    if (!(own instanceof Coverage.None) || speaksForItself()) {
      return own;
    }
    Coverage theirs = new Coverage.None();
    boolean named = false;
    for (Origin origin : origins) {
      named |= !origin.versions().isEmpty() || !origin.ranges().isEmpty();
      theirs = Coverage.stronger(theirs, covered(origin.versions(), origin.ranges(), version));
    }
    return named ? theirs : withoutVersions(sha256);
  }

  private boolean speaksForItself() {
    return !versions.isEmpty() || !ranges.isEmpty();
  }

  private Coverage withoutVersions(@Nullable Sha256 sha256) {
    if (hashes.isEmpty()) {
      return new Coverage.Unclear("the record names the project and none of its versions");
    }
    return sha256 == null
        ? new Coverage.Unclear("the record names files by hash, and this file's is not known")
        : new Coverage.None();
  }

  private static Coverage covered(
      VersionList versions, List<Range> ranges, @Nullable Version version) {
    if (ranges.stream().anyMatch(Range::isWholeProject)) {
      return version != null && versions.contains(version)
          ? new Coverage.ByVersion()
          : new Coverage.ByRange(true);
    }
    if (version == null) {
      return versions.isEmpty() && ranges.isEmpty()
          ? new Coverage.None()
          : new Coverage.Unclear("the file's name tells no version to compare with the record's");
    }
    if (versions.contains(version)) {
      return new Coverage.ByVersion();
    }
    if (ranges.stream().anyMatch(range -> range.isReadable() && range.contains(version))) {
      return new Coverage.ByRange(false);
    }
    return versions.isEmpty() && ranges.stream().anyMatch(range -> !range.isReadable())
        ? new Coverage.Unclear("the record's range ends at something that is no version")
        : new Coverage.None();
  }

  Optional<Version> fixedIn(Version version) {
    return ranges.stream()
        .flatMap(range -> range.fixedAfter(version).stream())
        .min(Comparator.naturalOrder());
  }
}
