package dev.wellhead.core.policy;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A policy: rules with their settings, ready to be asked. Immutable, safe for many threads.
public final class Policy {
  private static final Instant SOME_DAY = Instant.parse("2026-01-31T12:00:00Z");

  /// What acts is told first, then what only warns, then what is only observed; within each, the
  /// most severe first.
  private static final Comparator<Finding> TELLING =
      Comparator.<Finding>comparingInt(finding -> finding.stops() ? 0 : 1)
          .thenComparing(Finding::mode, Comparator.reverseOrder())
          .thenComparing(Finding::severity, Comparator.reverseOrder());

  private final String sha256;
  private final String origin;
  private final List<Clause> clauses;
  private final List<Example> examples;

  Policy(String sha256, String origin, List<Clause> clauses, List<Example> examples) {
    this.sha256 = sha256;
    this.origin = origin;
    this.clauses = new ArrayList<>();
    this.clauses.add(
        new Clause(
            HandBlocks.NAME,
            HandBlocks.NAME,
            new HandBlocks(),
            Scope.EVERYWHERE,
            new Clause.Manner(Mode.ENFORCE, 10, false, Set.of()),
            new Clause.Texts(Template.OWN, Template.OWN)));
    this.clauses.addAll(clauses);
    this.examples = List.copyOf(examples);
  }

  /// Reads a policy file (TOML); every mistake is told at once, with line and column.
  ///
  /// `origin` says where the text comes from: a path, a commit.
  public static PolicyRead parse(String toml, String origin) {
    return PolicyReader.read(toml, origin);
  }

  /// The day-one policy that breaks no build, as text for a file: malware, changed hashes, reserved
  /// names, upstream removal and the cooldown are enforced, the rest warns or is observed. What the
  /// upstream does not give is forgiven by name.
  public static String dayOne(UpstreamGives gives) {
    return DayOne.text(gives);
  }

  /// The digest of the text, 64 hexadecimal digits.
  public String sha256() {
    return sha256;
  }

  public String origin() {
    return origin;
  }

  /// Asks every rule. A pure function: the same policy, facts and instant give the same answer.
  ///
  /// The verdict is that of the strictest enforced finding; severity decides only what is told
  /// first.
  public Judgement decide(Facts facts, Instant now) {
    List<Finding> findings = new ArrayList<>();
    Instant validUntil = Judgement.FOREVER;
    Verdict verdict = new Verdict.Allow();
    boolean onlyArrival = true;
    for (Clause clause : clauses) {
      if (clause.asks(facts.subject())) {
        Finding finding = clause.find(facts, now);
        if (finding.validUntil().isBefore(validUntil)) {
          validUntil = finding.validUntil();
        }
        if (!finding.isPass()) {
          findings.add(finding);
          verdict = stricter(verdict, verdict(finding));
          onlyArrival &= !finding.stops() || awaitsArrival(finding);
        }
      }
    }
    findings.sort(TELLING);
    return new Judgement(
        verdict, findings, validUntil, verdict instanceof Verdict.CannotTell && onlyArrival);
  }

  private static boolean awaitsArrival(Finding finding) {
    return finding.outcome() instanceof Outcome.CannotTell cannotTell && cannotTell.awaitsArrival();
  }

  private static Verdict verdict(Finding finding) {
    return switch (finding.mode()) {
      case OFF, OBSERVE -> new Verdict.Allow();
      case WARN -> new Verdict.Warn();
      case ENFORCE ->
          switch (finding.outcome()) {
            case Outcome.Pass _ -> new Verdict.Allow();
            case Outcome.Warn _ -> new Verdict.Warn();
            case Outcome.Hold(HoldEnd end) -> new Verdict.Hold(end);
            case Outcome.Block _ -> new Verdict.Block();
            case Outcome.Hide _ -> new Verdict.Hide();
            case Outcome.CannotTell _ -> new Verdict.CannotTell();
          };
    };
  }

  static Verdict stricter(Verdict one, Verdict other) {
    if (one instanceof Verdict.Hold(HoldEnd.Until(Instant first))
        && other instanceof Verdict.Hold(HoldEnd.Until(Instant second))) {
      return second.isAfter(first) ? other : one;
    }
    return strictness(other) > strictness(one) ? other : one;
  }

  static int strictness(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> 0;
      case Verdict.Warn _ -> 1;
      case Verdict.CannotTell _ -> 2;
      case Verdict.Hold(HoldEnd.Until _) -> 3;
      case Verdict.Hold(HoldEnd.Decided _) -> 4;
      case Verdict.Block _ -> 5;
      case Verdict.Hide _ -> 6;
    };
  }

  /// Whether an enforced rule of this view asks for facts that only a file's bytes tell: such files
  /// are stored and looked at before any byte leaves.
  public boolean needsArrival(String view) {
    return clauses.stream().anyMatch(clause -> clause.needsArrival(view));
  }

  /// The rules as the file has them, those switched off included; first the one that is always
  /// there.
  public List<RuleSummary> rules() {
    return clauses.stream().map(Clause::summary).toList();
  }

  /// Runs the policy's own tests.
  public List<TestResult> test() {
    return examples.stream().map(example -> example.run(this)).toList();
  }

  /// Whether even the most harmless file would be refused: old, well known, wanted, complained
  /// about by nobody. Said before such a policy takes hold.
  public boolean blocksEverything() {
    return culprit().isPresent();
  }

  /// The rule that refuses a harmless wheel and a harmless source distribution of any name.
  Optional<String> culprit() {
    Optional<Finding> first = Optional.empty();
    for (String filename : List.of("example-1.0-py3-none-any.whl", "sample-1.0.tar.gz")) {
      boolean wheel = filename.endsWith(".whl");
      Subject subject =
          new Subject(
              "default",
              "upstream",
              new ProjectName(wheel ? "example" : "sample"),
              filename,
              Version.parse("1.0").orElseThrow(),
              null);
      Facts.Builder facts = Harmless.about(subject, SOME_DAY);
      if (!wheel) {
        facts.known(FactKeys.PYTHON_TAGS, Set.of());
      }
      Judgement judgement = decide(facts.build(), SOME_DAY);
      if (judgement.verdict().isServed()) {
        return Optional.empty();
      }
      first = judgement.headline();
    }
    return first.map(Finding::rule);
  }
}
