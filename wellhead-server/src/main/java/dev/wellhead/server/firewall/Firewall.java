package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Facts;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Policy;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says what may leave.
///
/// A project is judged as a whole: *gather* what is known, *decide* by the policy (a pure
/// function), *record* what is not plainly allowed, *answer*. What was decided holds until its own
/// end or until something it stood on changes; [#holds] knows that by a look into memory.
public final class Firewall {
  private final Gathering gathering;
  private final Policies policies;
  private final HandDecisions hand;
  private final Adopted adopted;
  private final Decisions decisions;
  private final ArrivedFiles arrived;
  private final Changes changes;
  private final Tally tally;
  private final Database database;
  private final InstantSource clock;

  private Firewall(
      Database database, Fetches fetches, Intelligence intelligence, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.changes = new Changes(database, clock);
    this.hand = new HandDecisions(database, clock, changes);
    this.adopted = new Adopted(database, clock, changes);
    this.policies = new Policies(database, fetches, clock, changes);
    this.decisions = new Decisions(database);
    this.tally = new Tally(database, clock);
    this.arrived = new ArrivedFiles(database);
    this.gathering =
        new Gathering(intelligence, fetches, new Gathering.Own(hand, adopted, policies, arrived));
  }

  /// Opens the firewall over the house's database.
  ///
  /// @param intelligence what others say
  public static Firewall open(
      Database database, Fetches fetches, Intelligence intelligence, InstantSource clock) {
    return new Firewall(database, fetches, intelligence, clock);
  }

  /// Judges all files of a project, and records what is not plainly allowed.
  public Verdicts judge(Case of) throws DatabaseFault {
    changes.look();
    String name = of.project().name().normalized();
    long number = changes.number(name);
    Policy policy = policies.current();
    Instant now = clock.instant();
    Map<HeldFile, Judged> both = decided(of, policy, now);
    Map<HeldFile, Judgement> judged = new LinkedHashMap<>();
    both.forEach((file, each) -> judged.put(file, each.judgement()));
    decisions.remember(of, judged, policy.sha256(), now);
    Instant validUntil = Judgement.FOREVER;
    Map<Verdicts.Key, Verdicts.Ruling> rulings = HashMap.newHashMap(judged.size());
    for (Map.Entry<HeldFile, Judgement> each : judged.entrySet()) {
      Judgement judgement = each.getValue();
      if (judgement.validUntil().isBefore(validUntil)) {
        validUntil = judgement.validUntil();
      }
      boolean told = Decisions.isTold(judgement);
      rulings.put(
          Verdicts.Key.of(each.getKey()),
          new Verdicts.Ruling(judgement, told ? Decisions.token(of, each.getKey()) : ""));
    }
    return new Verdicts(
        name,
        of.project().revision(),
        number,
        now,
        validUntil,
        rulings,
        Judged.whole(both.values()));
  }

  private Map<HeldFile, Judged> decided(Case of, Policy policy, Instant now) throws DatabaseFault {
    Gathered gathered = gathering.of(of, now);
    FileFacts facts = new FileFacts(gathered, now);
    Map<HeldFile, Judged> judged = LinkedHashMap.newLinkedHashMap(of.project().files().size());
    for (HeldFile file : of.project().files()) {
      Facts known = facts.of(file);
      Judgement judgement = policy.decide(known, now);
      boolean lifted = file.sha256().filter(gathered.own().released()::contains).isPresent();
      judged.put(file, new Judged(known, lifted ? lifted(judgement) : judgement));
    }
    return judged;
  }

  /// A hold that somebody lifted: the findings stay for who looks, and stop nothing. What blocks or
  /// hides is nobody's hold.
  private static Judgement lifted(Judgement judgement) {
    return switch (judgement.verdict()) {
      case Verdict.Hold _, Verdict.CannotTell _ ->
          new Judgement(new Verdict.Warn(), judgement.findings(), judgement.validUntil(), false);
      case Verdict.Allow _, Verdict.Warn _, Verdict.Block _, Verdict.Hide _ -> judgement;
    };
  }

  /// Whether `verdicts` would be given again at `now`, as far as the firewall goes; the revision of
  /// the project is the caller's. A look into memory: false also where memory does not say.
  public boolean holds(Verdicts verdicts, Instant now) {
    return changes.isFresh(now)
        && verdicts.number() == changes.number(verdicts.project())
        && verdicts.holdsAt(now);
  }

  /// The same, read where memory does not say.
  public boolean stillHolds(Verdicts verdicts) throws DatabaseFault {
    changes.look();
    return verdicts.number() == changes.number(verdicts.project())
        && verdicts.holdsAt(clock.instant());
  }

  /// Looks into the bytes of a file that has arrived and takes note of what rules ask about them;
  /// its project is judged again then. Bytes that were looked at before are not looked at again.
  public void inspect(Sha256 sha256, Path bytes, String filename, ProjectName project)
      throws DatabaseFault, IOException {
    if (!arrived.of(List.of(sha256)).isEmpty()) {
      return;
    }
    Arrived told = Inspection.of(bytes, filename);
    Instant now = clock.instant();
    try {
      database.write(tx -> {
        ArrivedFiles.add(tx, sha256, told, now);
        Changes.touch(tx, List.of(project.normalized()), now);
        return true;
      });
    } finally {
      changes.expire();
    }
  }

  /// Says that what is known of these projects has changed: advisories, lists.
  public void touch(Collection<ProjectName> projects) throws DatabaseFault {
    Instant now = clock.instant();
    Set<String> names =
        projects.stream().map(ProjectName::normalized).collect(java.util.stream.Collectors.toSet());
    try {
      database.write(tx -> {
        Changes.touch(tx, names, now);
        return true;
      });
    } finally {
      changes.expire();
    }
  }

  /// The same of all projects.
  public void touchAll() throws DatabaseFault {
    Instant now = clock.instant();
    try {
      database.write(tx -> {
        Changes.touchAll(tx, now);
        return true;
      });
    } finally {
      changes.expire();
    }
  }

  /// Counts that a file was asked for that was judged so; never waits.
  public void count(Judgement judgement) {
    tally.count(judgement);
  }

  /// Writes what was counted.
  public void flush() throws DatabaseFault {
    tally.flush();
  }

  /// What was counted from the hour on that holds `from`, oldest first.
  public List<StopHour> stopHours(Instant from) throws DatabaseFault {
    return tally.since(from);
  }

  public HandDecisions hand() {
    return hand;
  }

  public Adopted adopted() {
    return adopted;
  }

  public Policies policies() {
    return policies;
  }

  /// What was decided about the file with this short address.
  public Optional<Decision> decision(String token) throws DatabaseFault {
    return decisions.at(token);
  }

  /// The newest decisions that stop something, newest first.
  public List<Decision> stopped(int most) throws DatabaseFault {
    return decisions.newest(Decisions.stopping(), most);
  }

  /// Files that wait for their time or for somebody, the longest first.
  public List<Decision> held(int from, int most) throws DatabaseFault {
    return decisions.held(from, most);
  }

  /// How many files there are of each verdict's word, among those told of.
  public Map<String, Long> counts() throws DatabaseFault {
    return decisions.counts();
  }
}
