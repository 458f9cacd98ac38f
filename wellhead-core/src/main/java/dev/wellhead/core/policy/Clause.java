package dev.wellhead.core.policy;

import dev.wellhead.core.policy.Finding.Words;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A rule as a policy has it: under a name, somewhere, in a mode, with words of its own.
record Clause(String name, String kind, Rule rule, Scope scope, Manner manner, Texts texts) {

  /// What becomes of a finding, and which facts the rule may do without.
  record Manner(Mode mode, int severity, boolean yank, Set<String> forgives) {
    Manner {
      forgives = Set.copyOf(forgives);
    }
  }

  /// The operator's words; empty ones leave the rule's own.
  record Texts(Template reason, Template fix) {}

  boolean asks(Subject subject) {
    return manner.mode() != Mode.OFF && scope.covers(subject);
  }

  Finding find(Facts facts, Instant now) {
    Answer answer = forgiven(rule.check(facts, now));
    return new Finding(
        name,
        manner.mode(),
        answer.outcome(),
        manner.severity(),
        new Words(
            texts.reason().fill(answer.sentence(), answer, facts.subject()),
            texts.fix().fill(answer.fix(), answer, facts.subject()),
            answer.evidence()),
        manner.yank(),
        answer.validUntil());
  }

  /// Facts that will be known when the bytes are here are waited for, forgiven or not.
  private Answer forgiven(Answer answer) {
    if (!(answer.outcome()
            instanceof Outcome.CannotTell(List<String> unknown, List<String> pending))
        || unknown.isEmpty()
        || !manner.forgives().containsAll(unknown)) {
      return answer;
    }
    if (pending.isEmpty()) {
      return Answer.pass("The policy does without " + String.join(", ", unknown) + " here.");
    }
    return Answer.of(
        new Outcome.CannotTell(List.of(), pending),
        "It shows when the file is here (" + String.join(", ", pending) + ").",
        answer.fix());
  }

  boolean needsArrival(String view) {
    return manner.mode() == Mode.ENFORCE
        && scope.covers(view)
        && rule.needs().stream().anyMatch(key -> key.moment() == FactKey.Moment.ARRIVAL);
  }

  RuleSummary summary() {
    return new RuleSummary(
        name,
        kind,
        rule.question(),
        manner.mode(),
        manner.severity(),
        scope.words(),
        new RuleSummary.Facets(
            rule.needs().stream().map(FactKey::name).toList(),
            manner.forgives().stream().sorted().toList()));
  }
}
