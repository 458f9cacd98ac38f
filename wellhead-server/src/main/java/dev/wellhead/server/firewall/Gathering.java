package dev.wellhead.server.firewall;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.policy.Learning;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.fetches.FileUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out what is known of a project: what others say, and what this house knows itself.
final class Gathering {
  /// A house that began without any record lets the cooldown warn for so long.
  static final Duration LEARNS_FOR = Duration.ofDays(14);

  private final Intelligence intelligence;
  private final Fetches fetches;
  private final Own own;

  /// What the house keeps.
  record Own(HandDecisions hand, Adopted adopted, Policies policies, ArrivedFiles arrived) {}

  Gathering(Intelligence intelligence, Fetches fetches, Own own) {
    this.intelligence = intelligence;
    this.fetches = fetches;
    this.own = own;
  }

  Gathered of(Case of, Instant now) throws DatabaseFault {
    ProjectName name = of.project().name();
    List<Sha256> digests =
        of.project().files().stream()
            .map(HeldFile::sha256)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    List<FileUse> use = fetches.useOf(name);
    Gathered.Own known =
        new Gathered.Own(
            blocks(name, digests),
            own.adopted().of(digests),
            released(name),
            used(name, use),
            !use.isEmpty(),
            learning(now));
    return new Gathered(of, others(name), known, own.arrived().of(digests));
  }

  private List<HandBlock> blocks(ProjectName name, List<Sha256> digests) throws DatabaseFault {
    List<HandBlock> blocks = new ArrayList<>(own.hand().blocksOf(name, digests));
    blocks.addAll(intelligence.listed(name, digests));
    return List.copyOf(blocks);
  }

  private Gathered.Others others(ProjectName name) throws DatabaseFault {
    Fact<List<Told>> advisories = intelligence.advisories(name);
    Set<String> exploited = new HashSet<>();
    if (advisories instanceof Fact.Known<List<Told>>(List<Told> told)) {
      for (Told each : told) {
        Advisory advisory = each.advisory();
        if (intelligence.isKnownExploited(advisory)) {
          exploited.add(advisory.id());
        }
      }
    }
    return new Gathered.Others(
        advisories, Set.copyOf(exploited), intelligence.rank(name), intelligence.resemblance(name));
  }

  private Set<Sha256> released(ProjectName name) throws DatabaseFault {
    Set<Sha256> released = new HashSet<>();
    own.hand().releasedOf(name).forEach(each -> released.add(each.sha256()));
    return Set.copyOf(released);
  }

  private static Set<Version> used(ProjectName name, List<FileUse> use) {
    Set<Version> used = new HashSet<>();
    for (FileUse each : use) {
      ReleaseGuess.of(name, each.filename())
          .flatMap(guess -> Version.parse(guess.version()))
          .ifPresent(used::add);
    }
    return Set.copyOf(used);
  }

  /// A house with a record of what was in use before its first policy goes by that.
  private Learning learning(Instant now) throws DatabaseFault {
    Optional<Instant> began = own.policies().began();
    if (began.isEmpty() || own.adopted().count() > 0) {
      return new Learning.Over();
    }
    Instant end = began.get().plus(LEARNS_FOR);
    return now.isBefore(end) ? new Learning.Until(end) : new Learning.Over();
  }
}
