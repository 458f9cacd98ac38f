package dev.wellhead.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A condition of the operator's own, in CEL over the facts.
///
/// A condition that asks for the time is judged again after a while, since it cannot be told from
/// outside when its answer changes.
record Condition(Expression when, Act act) implements Rule {
  private static final Duration RECHECK = Duration.ofMinutes(10);

  @Override
  public String question() {
    return "Does the condition hold: " + when.text() + "?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return when.needs();
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    Answer answer =
        switch (when.holds(facts, now)) {
          case Expression.Truth.Holds(boolean holds) ->
              holds
                  ? Answer.of(act.outcome(), "A rule of this house objects to it.", "")
                  : Answer.pass("The condition does not hold.");
          case Expression.Truth.Open _ -> Answer.missing(facts, needs());
          case Expression.Truth.Failed(String why) ->
              Answer.of(
                  new Outcome.CannotTell(List.of("condition"), List.of()),
                  "The condition could not be worked out: " + why + ".",
                  "Somebody here has to mend the policy.");
        };
    return when.asksForTime() ? answer.until(now.plus(RECHECK)) : answer;
  }
}
