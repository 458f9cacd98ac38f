package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to a name from elsewhere that is reserved for projects of this house.
record NameConfusion(Act act) implements Rule {
  @Override
  public String question() {
    return "Is the name kept for projects of this house?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.RESERVED);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    if (facts.subject().source().equals(Subject.HOSTED)) {
      return Answer.pass("The project is of this house.");
    }
    return switch (facts.of(FactKeys.RESERVED)) {
      case Fact.Known<Reservation>(Reservation.Free _) -> Answer.pass("The name is not reserved.");
      case Fact.Known<Reservation>(Reservation.Reserved(String pattern, String reason)) ->
          Answer.of(
                  act.outcome(),
                  String.format(
                      Locale.ROOT,
                      "The name is reserved for projects of this house, and this file is from %s.",
                      facts.subject().source()),
                  "Ask who looks after the names here.")
              .with(List.of("reserved: " + pattern + (reason.isEmpty() ? "" : ", " + reason)));
      case Fact.Unknown<Reservation> _, Fact.Pending<Reservation> _ ->
          Answer.missing(facts, FactKeys.RESERVED);
    };
  }
}
