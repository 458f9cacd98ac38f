package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to the first use of a name that could be taken for that of a popular project.
record LookalikeName(Act act) implements Rule {
  @Override
  public String question() {
    return "Could the name be taken for that of a popular project?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.LOOKALIKE, FactKeys.IN_USE);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    if (facts.subject().source().equals(Subject.HOSTED)) {
      return Answer.pass("The project is of this house.");
    }
    if (facts.of(FactKeys.IN_USE) instanceof Fact.Known<Boolean>(Boolean used) && used) {
      return Answer.pass("The project is in use here.");
    }
    return switch (facts.of(FactKeys.LOOKALIKE)) {
      case Fact.Known<Likeness>(Likeness.Unlike _) ->
          Answer.pass("The name is like that of no popular project.");
      case Fact.Known<Likeness>(Likeness.Resembles(var popular, String how)) ->
          Answer.of(
              act.outcome(),
              String.format(
                  Locale.ROOT,
                  "The name could be taken for %s: it differs by %s. Nobody here has used it before.",
                  popular,
                  how),
              String.format(
                  Locale.ROOT, "If %s is meant, write that; else ask for a decision.", popular));
      case Fact.Unknown<Likeness> _, Fact.Pending<Likeness> _ ->
          Answer.missing(facts, FactKeys.LOOKALIKE);
    };
  }
}
