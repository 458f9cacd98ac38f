package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to files of over `bytes` bytes.
record SizeLimit(long bytes, Act act) implements Rule {
  @Override
  public String question() {
    return "Is the file small enough?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.SIZE);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.SIZE)) {
      case Fact.Known<Long>(Long size) when size <= bytes ->
          Answer.pass("The file has " + size + " bytes.");
      case Fact.Known<Long>(Long size) ->
          Answer.of(
              act.outcome(),
              String.format(
                  Locale.ROOT, "The file has %d bytes, and %d are the limit.", size, bytes),
              "Ask for an exception, or use a smaller version.");
      case Fact.Unknown<Long> _, Fact.Pending<Long> _ -> Answer.missing(facts, FactKeys.SIZE);
    };
  }
}
