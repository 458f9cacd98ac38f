package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HashHistory;
import dev.wellhead.core.policy.Provenance;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.catalog.HeldFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a project in the order of its releases: what each has that its forerunner had.
///
/// The forerunner of a release is the next lower one, of final releases the next lower final one: a
/// fix on an old line is compared with that line and not with the newest.
final class Lineage {
  private static final int VERSIONS_KEPT = 100_000;

  private final Gathered gathered;
  private final Map<String, Version> versions = new HashMap<>();
  private final NavigableMap<Version, List<HeldFile>> releases = new TreeMap<>();
  private final NavigableMap<Version, List<HeldFile>> finals = new TreeMap<>();
  private final Map<String, List<HeldFile>> byName = new HashMap<>();

  Lineage(Gathered gathered) {
    this.gathered = gathered;
    for (HeldFile file : gathered.of().project().files()) {
      String filename = file.entry().filename();
      byName.computeIfAbsent(filename, _ -> new ArrayList<>(1)).add(file);
      ReleaseGuess.of(gathered.of().project().name(), filename)
          .flatMap(guess -> Version.parse(guess.version()))
          .filter(_ -> versions.size() < VERSIONS_KEPT)
          .ifPresent(version -> {
            versions.put(filename, version);
            releases.computeIfAbsent(version, _ -> new ArrayList<>()).add(file);
            if (!version.isPrerelease()) {
              finals.computeIfAbsent(version, _ -> new ArrayList<>()).add(file);
            }
          });
    }
  }

  /// Of which release the file is, or null where its name does not tell.
  @Nullable Version version(HeldFile file) {
    return versions.get(file.entry().filename());
  }

  /// Whether this name stood for other bytes before.
  HashHistory hashHistory(HeldFile file) {
    Sha256 sha256 = file.sha256().orElse(null);
    for (HeldFile other : byName.getOrDefault(file.entry().filename(), List.of())) {
      Sha256 before = other.sha256().orElse(null);
      if (sha256 != null
          && before != null
          && !before.equals(sha256)
          && other.firstSeen().isBefore(file.firstSeen())) {
        return new HashHistory.Changed(before, file.firstSeen());
      }
    }
    return new HashHistory.Same();
  }

  boolean isSdistOnly(HeldFile file) {
    Version version = version(file);
    List<HeldFile> release = version == null ? null : releases.get(version);
    return (release == null ? List.of(file) : release)
        .stream().noneMatch(each -> isWheel(each) && each.goneSince() == null);
  }

  /// Whether provenance was given before and is given now. Who published it is not looked at yet:
  /// the objects are passed through, and what they say is not verified.
  Fact<Provenance> provenance(HeldFile file) {
    if (file.entry().provenance() != null) {
      return new Fact.Known<>(new Provenance.Kept());
    }
    Map.Entry<Version, List<HeldFile>> before = forerunner(file);
    // Some projects attest their wheels and not their source distributions.
    boolean had =
        before != null
            && before.getValue().stream()
                .anyMatch(
                    each -> each.entry().provenance() != null && isWheel(each) == isWheel(file));
    return new Fact.Known<>(
        had && before != null
            ? new Provenance.Lost(before.getKey().toString())
            : new Provenance.NeverGiven());
  }

  /// A page names no publisher. That of two releases is known to be one where neither has lost its
  /// provenance, as far as the index that gives it can be believed.
  Fact<Boolean> publisherKept(HeldFile file) {
    Map.Entry<Version, List<HeldFile>> before = forerunner(file);
    boolean now = file.entry().provenance() != null;
    boolean then =
        before != null
            && before.getValue().stream().anyMatch(each -> each.entry().provenance() != null);
    if (then && !now) {
      return new Fact.Known<>(false);
    }
    return new Fact.Unknown<>(
        now && then
            ? "the publisher in the provenance was not looked at"
            : "the source names no publisher");
  }

  /// Whether a release begins to have native code that its forerunner had not.
  Fact<Boolean> nativeCodeNew(HeldFile file, Arrived arrived) {
    Boolean nativeCode = arrived.nativeCode();
    if (nativeCode == null) {
      return new Fact.Unknown<>(arrived.why());
    }
    Map.Entry<Version, List<HeldFile>> before = forerunner(file);
    if (!nativeCode || before == null) {
      return new Fact.Known<>(false);
    }
    boolean looked = false;
    for (HeldFile each : before.getValue()) {
      Arrived then = each.sha256().map(gathered.arrived()::get).orElse(null);
      // Wheels for one system are compared by their tags: those name native code by themselves.
      if (isNativeByName(each) || (then != null && Boolean.TRUE.equals(then.nativeCode()))) {
        return new Fact.Known<>(false);
      }
      looked |= then != null || isWheel(each);
    }
    return looked
        ? new Fact.Known<>(true)
        : new Fact.Unknown<>("no file of the release before was ever here");
  }

  private static boolean isNativeByName(HeldFile file) {
    return isWheel(file) && !file.entry().filename().endsWith("-any.whl");
  }

  private Map.@Nullable Entry<Version, List<HeldFile>> forerunner(HeldFile file) {
    Version version = version(file);
    if (version == null) {
      return null;
    }
    return version.isPrerelease() ? releases.lowerEntry(version) : finals.lowerEntry(version);
  }

  private static boolean isWheel(HeldFile file) {
    return file.entry().filename().endsWith(".whl");
  }
}
