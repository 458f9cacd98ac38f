package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a rule says to its question, before the policy puts its own words and mode to it.
///
/// @param validUntil from then on the rule may say otherwise of the same facts
record Answer(
    Outcome outcome, String sentence, String fix, List<String> evidence, Instant validUntil) {

  static Answer pass(String sentence) {
    return new Answer(new Outcome.Pass(), sentence, "", List.of(), Judgement.FOREVER);
  }

  static Answer of(Outcome outcome, String sentence, String fix) {
    return new Answer(outcome, sentence, fix, List.of(), Judgement.FOREVER);
  }

  static Answer held(String sentence, String fix) {
    return of(new Outcome.Hold(new HoldEnd.Decided()), sentence, fix);
  }

  Answer with(List<String> pieces) {
    return new Answer(outcome, sentence, fix, pieces, validUntil);
  }

  Answer until(Instant end) {
    return new Answer(outcome, sentence, fix, evidence, end);
  }

  /// That the rule cannot be answered, since these facts are missing; at least one of them is.
  static Answer missing(Facts facts, List<FactKey<?>> keys) {
    List<String> unknown = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    List<String> evidence = new ArrayList<>();
    for (FactKey<?> key : keys) {
      switch (facts.of(key)) {
        case Fact.Known<?> _ -> {}
        case Fact.Unknown<?>(String why) -> {
          unknown.add(key.name());
          evidence.add(key.name() + ": " + why);
        }
        case Fact.Pending<?> _ -> pending.add(key.name());
      }
    }
    String sentence =
        unknown.isEmpty()
            ? "It shows when the file is here (" + String.join(", ", pending) + ")."
            : "It could not be found out ("
                + String.join("; ", evidence)
                + "), and what is not known is not let through.";
    return of(new Outcome.CannotTell(unknown, pending), sentence, "Try again later, or ask.")
        .with(evidence);
  }

  static Answer missing(Facts facts, FactKey<?> key) {
    return missing(facts, List.of(key));
  }
}
