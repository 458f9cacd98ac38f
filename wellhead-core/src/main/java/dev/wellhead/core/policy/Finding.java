package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;

/// What one rule of the policy found.
///
/// @param rule the rule's name in the policy
/// @param mode what the policy makes of it
/// @param severity 0 to 10; decides which finding is told first, never the verdict
/// @param yank whether a warning is to be shown as a yanked reason, which installers print
/// @param validUntil from then on the rule may say otherwise of the same facts, else
///   [Judgement#FOREVER]
public record Finding(
    String rule,
    Mode mode,
    Outcome outcome,
    int severity,
    Words words,
    boolean yank,
    Instant validUntil) {

  /// What people read: one sentence, what to do now (may be empty), what speaks for it.
  public record Words(String sentence, String fix, List<String> evidence) {
    public Words {
      evidence = List.copyOf(evidence);
    }
  }

  public String sentence() {
    return words.sentence();
  }

  public String fix() {
    return words.fix();
  }

  public List<String> evidence() {
    return words.evidence();
  }

  /// Whether the rule has something to say.
  public boolean isPass() {
    return outcome instanceof Outcome.Pass;
  }

  /// Whether this finding alone keeps the file from being served.
  public boolean stops() {
    return mode == Mode.ENFORCE && !isPass() && !(outcome instanceof Outcome.Warn);
  }
}
