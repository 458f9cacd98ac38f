package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.Locale;

/// A test that a policy brings along: what is given, and which verdict is expected.
///
/// @param rule a rule that must have found something, empty where any may
record Example(String name, int line, Facts given, Instant now, String verdict, String rule) {

  TestResult run(Policy policy) {
    Judgement judgement = policy.decide(given, now);
    String came = word(judgement.verdict());
    boolean found =
        rule.isEmpty()
            || judgement.findings().stream().anyMatch(finding -> finding.rule().equals(rule));
    String because =
        judgement.findings().isEmpty()
            ? "no rule found anything"
            : "found by "
                + String.join(
                    ", ",
                    judgement.findings().stream()
                        .map(one -> one.rule() + " (" + Spelling.lower(one.mode()) + ")")
                        .toList());
    return new TestResult(
        name,
        line,
        came.equals(verdict) && found,
        String.format(
            Locale.ROOT,
            "Expected %s%s; came %s, %s.",
            verdict,
            rule.isEmpty() ? "" : " by " + rule,
            came,
            because));
  }

  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> "allow";
      case Verdict.Warn _ -> "warn";
      case Verdict.Hold _ -> "hold";
      case Verdict.Block _ -> "block";
      case Verdict.Hide _ -> "hide";
      case Verdict.CannotTell _ -> "cannot-tell";
    };
  }
}
