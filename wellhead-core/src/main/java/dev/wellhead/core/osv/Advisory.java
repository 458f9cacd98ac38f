package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One record of an advisory database in OSV form, with what it says of PyPI's projects.
///
/// What it says is the claim of the sources it names, not the truth.
public record Advisory(
    String id,
    Kind kind,
    Times times,
    List<String> aliases,
    Text text,
    Rating rating,
    List<Affected> affected) {

  public Advisory {
    aliases = List.copyOf(aliases);
    affected = List.copyOf(affected);
  }

  /// What a record is about. Malware is meant to harm, a vulnerability is a mistake.
  public enum Kind {
    MALWARE,
    VULNERABILITY
  }

  /// When the record was published (where it says so), last changed, and taken back.
  public record Times(@Nullable Instant published, Instant modified, @Nullable Instant withdrawn) {}

  /// What people read; cut to what a page can show.
  public record Text(String summary, String details) {}

  /// Whether its publishers have taken it back: it then covers nothing any more.
  public boolean isWithdrawn() {
    return times.withdrawn() != null;
  }

  /// Whether the record speaks of this file, and how it says so: by the file's hash before all,
  /// then by the list of versions, then by a range.
  ///
  /// `version` is null where the file's name tells none that PEP 440 knows, `sha256` where nobody
  /// has said what it is. What cannot be told for that is [Coverage.Unclear], never
  /// [Coverage.None]. A withdrawn record covers nothing.
  public Coverage covers(ProjectName project, @Nullable Version version, @Nullable Sha256 sha256) {
    Coverage best = new Coverage.None();
    if (isWithdrawn()) {
      return best;
    }
    for (Affected one : affected) {
      if (one.project().equals(project)) {
        best = Coverage.stronger(best, one.covers(version, sha256));
      }
    }
    return best;
  }

  /// The first version that the record calls fixed after `version`, or empty where it names none.
  public Optional<Version> fixedIn(ProjectName project, Version version) {
    return affected.stream()
        .filter(one -> one.project().equals(project))
        .flatMap(one -> one.fixedIn(version).stream())
        .min(Version::compareTo);
  }

  /// The sources that speak against this version: those that name it, and those that name no
  /// versions of their own. Empty where the record does not say who stands behind it.
  public Set<String> sources(ProjectName project, @Nullable Version version) {
    Set<String> names = new TreeSet<>();
    for (Affected one : affected) {
      if (one.project().equals(project)) {
        one.origins().stream()
            .filter(origin -> version == null || origin.speaksOf(version))
            .forEach(origin -> names.add(origin.source()));
      }
    }
    return Set.copyOf(names);
  }
}
