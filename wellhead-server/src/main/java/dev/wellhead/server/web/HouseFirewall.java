package dev.wellhead.server.web;

import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Outcome;
import dev.wellhead.core.policy.Policy;
import dev.wellhead.core.policy.RuleSummary;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedState;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.feeds.Standing;
import dev.wellhead.server.fetches.FetchHour;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.firewall.BlockPattern;
import dev.wellhead.server.firewall.Decision;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.firewall.Policies;
import dev.wellhead.server.firewall.StopHour;
import dev.wellhead.server.firewall.Verdicts;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.index.Look;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the pages of the firewall tell of, out of the rooms that know it.
public final class HouseFirewall implements FirewallSource {
  private static final int DAYS = 30;
  private static final int LATEST = 30;
  private static final int LOADS = 30;
  private static final int MOST_FINE = 5;
  private static final String DECIDER = "the administrator of this index";

  private final Firewall firewall;
  private final Feeds feeds;
  private final IndexDoor index;
  private final Fetches fetches;
  private final InstantSource clock;

  public HouseFirewall(
      Firewall firewall, Feeds feeds, IndexDoor index, Fetches fetches, InstantSource clock) {
    this.firewall = firewall;
    this.feeds = feeds;
    this.index = index;
    this.fetches = fetches;
    this.clock = clock;
  }

  @Override
  public Optional<Reason> reason(String token) throws DatabaseFault {
    Optional<Decision> decided = firewall.decision(token);
    if (decided.isEmpty()) {
      return Optional.empty();
    }
    Decision decision = decided.get();
    Look look = look(decision);
    Judgement judgement = look == null ? null : judgement(look, decision);
    return Optional.of(
        new Reason(
            about(decision),
            judgement == null ? fate(decision.verdict()) : fate(judgement.verdict()),
            decision.until(),
            judgement == null ? findings(decision) : findings(judgement),
            look == null ? List.of() : fine(look),
            DECIDER,
            decision.when().decided()));
  }

  /// The project as it is now, or null where that cannot be found out: what was decided is told all
  /// the same.
  private @Nullable Look look(Decision decision) throws DatabaseFault {
    Optional<ProjectName> name = ProjectName.of(decision.of().project());
    try {
      return name.isEmpty() ? null : index.look(decision.of().view(), name.get()).orElse(null);
    } catch (DatabaseFault | RuntimeException e) {
      throw e;
    } catch (Exception cannotTellNow) {
      return null;
    }
  }

  private static @Nullable Judgement judgement(Look look, Decision decision) {
    for (HeldFile file : look.project().files()) {
      if (file.entry().filename().equals(decision.of().filename())
          && file.identity().equals(decision.of().identity())) {
        return look.rulings().of(file).map(Verdicts.Ruling::judgement).orElse(null);
      }
    }
    return null;
  }

  /// The newest versions with a file that is served, final ones before all.
  private static List<String> fine(Look look) {
    return look.project().listed().stream()
        .filter(file -> look.rulings().isOpen(file))
        .flatMap(file -> version(look.project().name(), file.entry().filename()).stream())
        .distinct()
        .sorted(
            Comparator.comparing(Version::isPrerelease).thenComparing(Comparator.reverseOrder()))
        .limit(MOST_FINE)
        .map(Version::toString)
        .toList();
  }

  private static Optional<Version> version(ProjectName project, String filename) {
    return ReleaseGuess.of(project, filename).flatMap(guess -> Version.parse(guess.version()));
  }

  @Override
  public Dashboard dashboard() throws DatabaseFault {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Instant from = today.minus(DAYS - 1, ChronoUnit.DAYS);
    Map<Instant, long[]> days = new TreeMap<>();
    for (int i = 0; i < DAYS; i++) {
      days.put(from.plus(i, ChronoUnit.DAYS), new long[3]);
    }
    for (FetchHour hour : fetches.hours(from)) {
      add(days, hour.start(), 0, hour.fetches());
    }
    firewall.flush();
    for (StopHour hour : firewall.stopHours(from)) {
      if (hour.isStopped()) {
        add(days, hour.start(), 0, hour.asked());
        add(days, hour.start(), 1, hour.asked());
      } else if (!hour.mode().equals("enforce")) {
        add(days, hour.start(), 2, hour.asked());
      }
    }
    List<Day> shown = new ArrayList<>();
    days.forEach((start, sums) -> shown.add(new Day(start, sums[0], sums[1], sums[2])));
    return new Dashboard(
        shown,
        waiting(),
        firewall.stopped(LATEST).stream()
            .map(each ->
                new Stopped(
                    each.when().since(),
                    about(each),
                    fate(each.verdict()),
                    rule(each.rules()),
                    each.token()))
            .toList());
  }

  private static void add(Map<Instant, long[]> days, Instant at, int column, long sum) {
    long[] day = days.get(at.truncatedTo(ChronoUnit.DAYS));
    if (day != null) {
      day[column] += sum;
    }
  }

  private long waiting() throws DatabaseFault {
    Map<String, Long> counts = firewall.counts();
    return counts.getOrDefault("hold", 0L) + counts.getOrDefault("cannot-tell", 0L);
  }

  @Override
  public Holds holds(int from, int most) throws DatabaseFault {
    return new Holds(
        firewall.held(from, most).stream()
            .map(each ->
                new Hold(
                    each.token(),
                    about(each),
                    each.when().since(),
                    each.until(),
                    findings(each),
                    0))
            .toList(),
        waiting());
  }

  @Override
  public Decided decide(String id, Choice choice, String reason, String by) throws DatabaseFault {
    Optional<Decision> decision = firewall.decision(id);
    if (decision.isEmpty()) {
      return new Decided.Refused("Nothing waits under this address any more.");
    }
    Decision.Of of = decision.get().of();
    Optional<Sha256> sha256 = Sha256.of(of.identity());
    Optional<ProjectName> project = ProjectName.of(of.project());
    if (sha256.isEmpty() || project.isEmpty()) {
      return new Decided.Refused(
          "The source states no SHA-256 for "
              + of.filename()
              + ", so that nothing can be decided"
              + " about its bytes.");
    }
    switch (choice) {
      case RELEASE -> firewall.hand().release(sha256.get(), project.get(), reason, by);
      case BLOCK ->
          firewall.hand().block(BlockPattern.of(sha256.get().hex()).orElseThrow(), reason, by);
    }
    return new Decided.Done();
  }

  @Override
  public PolicyShown policy() throws DatabaseFault {
    Policy policy = firewall.policies().current();
    Instant since = firewall.policies().loaded().map(Policies.Load::at).orElse(Instant.EPOCH);
    return new PolicyShown(
        policy.origin(),
        policy.sha256(),
        since,
        policy.rules().stream().map(HouseFirewall::rule).toList(),
        firewall.policies().newest(LOADS).stream()
            .map(load ->
                new Load(
                    load.at(),
                    load.origin(),
                    load.sha256(),
                    load.accepted() ? "" : load.problems()))
            .toList(),
        null);
  }

  private static Rule rule(RuleSummary summary) {
    return new Rule(
        summary.name(),
        Mode.valueOf(summary.mode().name()),
        summary.facts().forgives().isEmpty()
            ? ""
            : "forgives " + String.join(", ", summary.facts().forgives()),
        summary.scope());
  }

  @Override
  public List<Feed> feeds() throws DatabaseFault {
    return feeds.states().stream().map(HouseFirewall::feed).toList();
  }

  private static Feed feed(FeedState state) {
    FeedStanding standing =
        switch (state.standing()) {
          case Standing.NotConfigured() -> FeedStanding.NOT_CONFIGURED;
          case Standing.Current() -> FeedStanding.CURRENT;
          case Standing.Quiet _ -> FeedStanding.QUIET;
        };
    return new Feed(
        state.name(),
        state.kind().word(),
        state.source(),
        standing,
        state.loadedAt(),
        state.confirmedAt() == null ? null : state.lag(),
        state.count(),
        state.broken(),
        state.samples().stream().map(broken -> broken.place() + ": " + broken.why()).toList());
  }

  private static About about(Decision decision) {
    String filename = decision.of().filename();
    String version =
        ProjectName.of(decision.of().project())
            .flatMap(name -> version(name, filename))
            .map(Version::toString)
            .orElse(null);
    return new About(decision.of().project(), version, filename, decision.of().view());
  }

  /// `cooldown` of `cooldown:enforce trust:warn`.
  private static String rule(String rules) {
    String first = rules.split(" ", 2)[0];
    int colon = first.lastIndexOf(':');
    return colon < 0 ? first : first.substring(0, colon);
  }

  /// What was written down of them when they were decided.
  private static List<Finding> findings(Decision decision) {
    List<Finding> findings = new ArrayList<>();
    for (String each : decision.rules().split(" ", -1)) {
      int colon = each.lastIndexOf(':');
      if (colon > 0) {
        findings.add(
            new Finding(
                each.substring(0, colon),
                Mode.valueOf(each.substring(colon + 1).toUpperCase(Locale.ROOT)),
                fate(decision.verdict()),
                findings.isEmpty() ? decision.sentence() : "",
                "",
                List.of()));
      }
    }
    return findings;
  }

  private static List<Finding> findings(Judgement judgement) {
    return judgement.findings().stream()
        .map(finding ->
            new Finding(
                finding.rule(),
                Mode.valueOf(finding.mode().name()),
                fate(finding.outcome()),
                finding.sentence(),
                finding.fix(),
                finding.evidence()))
        .toList();
  }

  private static Fate fate(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Pass _ -> Fate.ALLOW;
      case Outcome.Warn _ -> Fate.WARN;
      case Outcome.Hold _ -> Fate.HOLD;
      case Outcome.Block _ -> Fate.BLOCK;
      case Outcome.Hide _ -> Fate.HIDE;
      case Outcome.CannotTell _ -> Fate.CANNOT_TELL;
    };
  }

  private static Fate fate(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> Fate.ALLOW;
      case Verdict.Warn _ -> Fate.WARN;
      case Verdict.Hold _ -> Fate.HOLD;
      case Verdict.Block _ -> Fate.BLOCK;
      case Verdict.Hide _ -> Fate.HIDE;
      case Verdict.CannotTell _ -> Fate.CANNOT_TELL;
    };
  }

  private static Fate fate(String verdict) {
    return Fate.valueOf(verdict.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
