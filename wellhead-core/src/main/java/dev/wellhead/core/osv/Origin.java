package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.Version;
import java.util.List;

/// A source that a malware record was put together from, with the versions that it names itself.
public record Origin(String source, String id, VersionList versions, List<Range> ranges) {
  public Origin {
    ranges = List.copyOf(ranges);
  }

  /// Whether it names this version, or names none at all and so stands behind all of the record.
  public boolean speaksOf(Version version) {
    return (versions.isEmpty() && ranges.isEmpty())
        || versions.contains(version)
        || ranges.stream().anyMatch(range -> range.contains(version));
  }
}
