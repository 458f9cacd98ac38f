package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to a file whose provenance is less than that of earlier releases of its line: a project
/// that has once shown where its files come from does not go back.
record Trust(Act act) implements Rule {
  private static final String FIX =
      "Use the version before, until the project has said why this changed.";

  @Override
  public String question() {
    return "Is it as sure as before where the file comes from?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.PROVENANCE);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.PROVENANCE)) {
      case Fact.Known<Provenance>(Provenance.Kept _) -> Answer.pass("The provenance is as before.");
      case Fact.Known<Provenance>(Provenance.NeverGiven _) ->
          Answer.pass("The project never gave provenance.");
      case Fact.Known<Provenance>(Provenance.Lost(String earlier)) ->
          Answer.of(
              act.outcome(),
              String.format(
                  Locale.ROOT, "Release %s had provenance, and this file has none.", earlier),
              FIX);
      case Fact.Known<Provenance>(Provenance.PublisherChanged(String from, String to)) ->
          Answer.of(act.outcome(), "The publisher is another than that of the release before.", FIX)
              .with(List.of("before: " + from, "now: " + to));
      case Fact.Unknown<Provenance> _, Fact.Pending<Provenance> _ ->
          Answer.missing(facts, FactKeys.PROVENANCE);
    };
  }
}
