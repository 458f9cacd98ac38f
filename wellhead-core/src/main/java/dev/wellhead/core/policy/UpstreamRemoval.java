package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to what the upstream has taken down, or put under quarantine (PEP 792).
record UpstreamRemoval(Act act) implements Rule {
  private static final String FIX = "Use another version, and find out why it was taken down.";

  @Override
  public String question() {
    return "Does the upstream still offer it?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.UPSTREAM_STATE);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    if (facts.subject().source().equals(Subject.HOSTED)) {
      return Answer.pass("The project is of this house.");
    }
    return switch (facts.of(FactKeys.UPSTREAM_STATE)) {
      case Fact.Known<UpstreamState>(UpstreamState state) -> known(state);
      case Fact.Unknown<UpstreamState> _, Fact.Pending<UpstreamState> _ ->
          Answer.missing(facts, FactKeys.UPSTREAM_STATE);
    };
  }

  private Answer known(UpstreamState state) {
    return switch (state) {
      case UpstreamState.Listed _ -> Answer.pass("The upstream offers it.");
      case UpstreamState.FileRemoved(Instant since) ->
          Answer.of(
              act.outcome(), "The upstream has taken the file down, seen " + since + ".", FIX);
      case UpstreamState.ProjectRemoved(Instant since) ->
          Answer.of(
              act.outcome(), "The upstream has taken the project down, seen " + since + ".", FIX);
      case UpstreamState.ProjectQuarantined(String reason) ->
          Answer.of(
              act.outcome(),
              String.format(
                  Locale.ROOT,
                  "The upstream has put the project under quarantine%s.",
                  reason.isBlank() ? "" : ": " + HandBlocks.withoutStop(reason)),
              FIX);
    };
  }
}
