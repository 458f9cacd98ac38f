package dev.wellhead.server.firewall;

import dev.wellhead.core.lookalike.Resemblance;
import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Coverage;
import dev.wellhead.core.policy.Fact;
import dev.wellhead.core.policy.FactKeys;
import dev.wellhead.core.policy.Facts;
import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.policy.Likeness;
import dev.wellhead.core.policy.Match;
import dev.wellhead.core.policy.Reservation;
import dev.wellhead.core.policy.Subject;
import dev.wellhead.core.policy.UpstreamState;
import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.WheelFilename;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes the facts of single files out of what was gathered of their project; a pure function of
/// that and the instant.
final class FileFacts {
  private final Gathered gathered;
  private final Instant now;
  private final Lineage lineage;

  FileFacts(Gathered gathered, Instant now) {
    this.gathered = gathered;
    this.now = now;
    this.lineage = new Lineage(gathered);
  }

  Facts of(HeldFile file) {
    Case of = gathered.of();
    @Nullable Version version = lineage.version(file);
    @Nullable Sha256 sha256 = file.sha256().orElse(null);
    Subject subject =
        new Subject(
            of.view(),
            of.sourceName(),
            of.project().name(),
            file.entry().filename(),
            version,
            sha256);
    Facts.Builder facts = Facts.about(subject);
    addOwn(facts, sha256, version);
    addOthers(facts, subject);
    addListing(facts, file);
    addArrival(facts, sha256, file);
    return facts.build();
  }

  private void addOwn(Facts.Builder facts, @Nullable Sha256 sha256, @Nullable Version version) {
    Gathered.Own own = gathered.own();
    boolean hosted = gathered.of().isHosted();
    facts
        // What people of this house published needs no time to prove itself.
        .known(FactKeys.ADOPTED, hosted || (sha256 != null && own.adopted().contains(sha256)))
        .known(FactKeys.LEARNING, own.learning())
        .known(FactKeys.IN_USE, hosted || own.inUse())
        .known(FactKeys.BLOCKS, blocks(sha256, version))
        // A view answers for reserved names itself, before anything is judged.
        .known(FactKeys.RESERVED, new Reservation.Free());
  }

  private List<HandBlock> blocks(@Nullable Sha256 sha256, @Nullable Version version) {
    String name = gathered.of().project().name().normalized();
    return gathered.own().blocks().stream()
        .filter(block ->
            block.pattern().equals(name)
                || (sha256 != null && block.pattern().equals(BlockPattern.ofBytes(sha256).text()))
                || (version != null && block.pattern().equals(name + "==" + version)))
        .toList();
  }

  private void addOthers(Facts.Builder facts, Subject subject) {
    Gathered.Others others = gathered.others();
    switch (others.advisories()) {
      case Fact.Known<List<Told>>(List<Told> told) ->
          facts
              .known(FactKeys.ADVISORIES, matches(told, subject))
              .known(FactKeys.FIXES, fixes(told, subject.version()));
      case Fact.Unknown<List<Told>>(String why) ->
          facts.unknown(FactKeys.ADVISORIES, why).unknown(FactKeys.FIXES, why);
      case Fact.Pending<List<Told>> _ ->
          throw new IllegalStateException("advisories need no bytes");
    }
    boolean hosted = gathered.of().isHosted();
    facts.with(FactKeys.POPULARITY, others.rank());
    switch (others.resemblance()) {
      case Fact.Known<Optional<Resemblance>>(Optional<Resemblance> resemblance) ->
          facts.known(
              FactKeys.LOOKALIKE,
              hosted || resemblance.isEmpty()
                  ? new Likeness.Unlike()
                  : new Likeness.Resembles(resemblance.get().popular(), resemblance.get().how()));
      case Fact.Unknown<Optional<Resemblance>>(String why) ->
          facts.unknown(FactKeys.LOOKALIKE, why);
      case Fact.Pending<Optional<Resemblance>> _ ->
          throw new IllegalStateException("a name needs no bytes");
    }
  }

  private List<Match> matches(List<Told> told, Subject subject) {
    List<Match> matches = new ArrayList<>();
    for (Told each : told) {
      Advisory advisory = each.advisory();
      Coverage coverage = advisory.covers(subject.project(), subject.version(), subject.sha256());
      // Of a name that is ours the public index may know another project: only bytes are proof.
      boolean about =
          gathered.of().isHosted()
              ? coverage instanceof Coverage.ByHash
              : !(coverage instanceof Coverage.None);
      if (about) {
        Set<String> named = advisory.sources(subject.project(), subject.version());
        Version version = subject.version();
        matches.add(
            new Match(
                advisory,
                coverage,
                named.isEmpty() ? Set.of(each.feed()) : named,
                gathered.others().exploited().contains(advisory.id()),
                version == null
                    ? null
                    : advisory.fixedIn(subject.project(), version).orElse(null)));
      }
    }
    return List.copyOf(matches);
  }

  /// The vulnerabilities of older versions in use here that `version` no longer has.
  private List<String> fixes(List<Told> told, @Nullable Version version) {
    if (version == null) {
      return List.of();
    }
    Set<String> fixed = new TreeSet<>();
    for (Told each : told) {
      Advisory advisory = each.advisory();
      boolean vulnerability = advisory.kind() == Advisory.Kind.VULNERABILITY;
      if (vulnerability && !covers(advisory, version)) {
        gathered.own().used().stream()
            .filter(used -> used.compareTo(version) < 0 && covers(advisory, used))
            .filter(used ->
                advisory
                    .fixedIn(gathered.of().project().name(), used)
                    .filter(fix -> fix.compareTo(version) <= 0)
                    .isPresent())
            .findFirst()
            .ifPresent(_ -> fixed.add(advisory.id()));
      }
    }
    return List.copyOf(fixed);
  }

  private boolean covers(Advisory advisory, Version version) {
    return !(advisory.covers(gathered.of().project().name(), version, null)
        instanceof Coverage.None);
  }

  private void addListing(Facts.Builder facts, HeldFile file) {
    facts
        .known(FactKeys.UPLOAD_TIME, uploaded(file))
        .known(FactKeys.UPSTREAM_STATE, upstreamState(file))
        .known(FactKeys.CHANGED_HASH, lineage.hashHistory(file))
        .with(FactKeys.PROVENANCE, lineage.provenance(file))
        .with(FactKeys.PUBLISHER_KEPT, lineage.publisherKept(file))
        .known(FactKeys.SDIST_ONLY, lineage.isSdistOnly(file))
        .known(FactKeys.YANKED, file.entry().yank() instanceof Yank.Yanked)
        .known(FactKeys.PYTHON_TAGS, pythonTags(file));
    Long size = file.entry().size();
    if (size == null) {
      facts.unknown(FactKeys.SIZE, "the source states no size");
    } else {
      facts.known(FactKeys.SIZE, size);
    }
  }

  /// A time that lies ahead is nobody's upload time: then the first sight counts.
  private Instant uploaded(HeldFile file) {
    return file.entry().uploadTime() instanceof UploadTime.Stated(Instant at) && !at.isAfter(now)
        ? at
        : file.firstSeen();
  }

  private UpstreamState upstreamState(HeldFile file) {
    HeldProject project = gathered.of().project();
    if (gathered.of().isHosted()) {
      return new UpstreamState.Listed();
    }
    if (project.status().state() == ProjectStatus.State.QUARANTINED) {
      return new UpstreamState.ProjectQuarantined(project.status().reason());
    }
    Instant projectGone = project.goneSince();
    if (projectGone != null) {
      return new UpstreamState.ProjectRemoved(projectGone);
    }
    Instant gone = file.goneSince();
    return gone == null ? new UpstreamState.Listed() : new UpstreamState.FileRemoved(gone);
  }

  private static Set<String> pythonTags(HeldFile file) {
    Set<String> tags = new TreeSet<>();
    if (DistributionFilename.parse(file.entry().filename()).toOptional().orElse(null)
        instanceof WheelFilename wheel) {
      wheel.tags().forEach(tag -> tags.add(tag.python()));
    }
    return Set.copyOf(tags);
  }

  private void addArrival(Facts.Builder facts, @Nullable Sha256 sha256, HeldFile file) {
    Arrived arrived = sha256 == null ? null : gathered.arrived().get(sha256);
    if (arrived == null) {
      facts.pending(FactKeys.LICENCE).pending(FactKeys.NATIVE_CODE_NEW);
      return;
    }
    String licence = arrived.licence();
    if (licence == null) {
      facts.unknown(FactKeys.LICENCE, arrived.why());
    } else {
      facts.known(FactKeys.LICENCE, licence);
    }
    facts.with(FactKeys.NATIVE_CODE_NEW, lineage.nativeCodeNew(file, arrived));
  }
}
