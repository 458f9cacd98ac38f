package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;

/// Blocks a file that has other bytes than the upstream said before.
///
/// A file's name stands for its bytes for ever; who changes them has made a mistake or is no
/// friend.
record ChangedHash() implements Rule {
  @Override
  public String question() {
    return "Does the upstream say the same digest as ever?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.CHANGED_HASH);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.CHANGED_HASH)) {
      case Fact.Known<HashHistory>(HashHistory.Same _) -> Answer.pass("The digest never changed.");
      case Fact.Known<HashHistory>(HashHistory.Changed(var earlier, Instant since)) ->
          Answer.of(
                  new Outcome.Block(),
                  "The upstream has put other bytes under this name at " + since + ".",
                  "Use another version, and ask the project what happened.")
              .with(List.of("digest before: " + earlier, "changed: " + since));
      case Fact.Unknown<HashHistory> _, Fact.Pending<HashHistory> _ ->
          Answer.missing(facts, FactKeys.CHANGED_HASH);
    };
  }
}
