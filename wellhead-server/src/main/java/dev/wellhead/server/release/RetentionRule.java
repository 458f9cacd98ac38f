package dev.wellhead.server.release;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.ReservedPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How long development builds of some projects are kept.
///
/// A build is all files of one version. It stays while it is among the newest `keep`, or was
/// uploaded within `days`; the one that was uploaded last and the one of the highest version always
/// stay. What is no build of this kind, or has a file name that cannot be read, is never named.
///
/// @param keep null where the number alone saves none
/// @param days null where the age alone saves none
public record RetentionRule(
    ReservedPattern pattern, @Nullable Integer keep, @Nullable Integer days, Builds builds) {

  /// Which versions a rule is about.
  public enum Builds {
    /// PEP 440 `.devN`.
    DEVELOPMENT,
    /// Those and all other pre-releases.
    PRERELEASES
  }

  /// The rule for a project: of those that match the one that says most.
  static Optional<RetentionRule> of(List<RetentionRule> rules, ProjectName project) {
    return rules.stream()
        .filter(rule -> rule.pattern().matches(project))
        .max(
            Comparator.comparing((RetentionRule rule) -> !rule.pattern().text().endsWith("*"))
                .thenComparingInt(rule -> rule.pattern().text().length()));
  }

  private record Build(Version version, Instant uploaded) {}

  /// The names of the listed files that have had their time.
  Set<String> outdated(HeldProject held, Instant now) {
    Map<Version, List<HeldFile>> files = new TreeMap<>();
    for (HeldFile file : held.listed()) {
      DistributionFilename.parse(file.entry().filename())
          .toOptional()
          .map(DistributionFilename::version)
          .filter(this::isBuild)
          .ifPresent(version -> files.computeIfAbsent(version, _ -> new ArrayList<>()).add(file));
    }
    List<Build> builds = new ArrayList<>();
    files.forEach((version, some) -> builds.add(new Build(version, uploaded(some))));
    Version highest = builds.isEmpty() ? null : builds.getLast().version();
    builds.sort(Comparator.comparing(Build::uploaded).thenComparing(Build::version).reversed());
    Set<String> outdated = new HashSet<>();
    for (int i = 0; i < builds.size(); i++) {
      Build build = builds.get(i);
      boolean stays =
          i == 0
              || build.version().equals(highest)
              || (keep != null && i < keep)
              || (days != null && build.uploaded().plus(Duration.ofDays(days)).isAfter(now));
      if (!stays) {
        files
            .getOrDefault(build.version(), List.of())
            .forEach(file -> outdated.add(file.entry().filename()));
      }
    }
    return outdated;
  }

  private boolean isBuild(Version version) {
    return switch (builds) {
      case DEVELOPMENT -> version.isDevelopment();
      case PRERELEASES -> version.isDevelopment() || version.isPrerelease();
    };
  }

  /// A build is as young as its youngest file.
  private static Instant uploaded(List<HeldFile> files) {
    return files.stream()
        .map(file ->
            file.entry().uploadTime() instanceof UploadTime.Stated(Instant at)
                ? at
                : file.firstSeen())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /// As it is told in the history and the ledger.
  String words() {
    return "retention of "
        + pattern
        + (keep == null ? "" : ", keep " + keep)
        + (days == null ? "" : ", days " + days);
  }
}
