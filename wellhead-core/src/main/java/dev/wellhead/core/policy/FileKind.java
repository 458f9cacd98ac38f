package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Objects to releases that run their own code when they are installed (source distributions
/// alone), and to native code where the release before had none.
record FileKind(boolean sdistOnly, boolean nativeCodeNew, Act act) implements Rule {
  @Override
  public String question() {
    return "Is the file of a kind that is wanted here?";
  }

  @Override
  public List<FactKey<?>> needs() {
    List<FactKey<?>> keys = new ArrayList<>();
    if (sdistOnly) {
      keys.add(FactKeys.SDIST_ONLY);
    }
    if (nativeCodeNew) {
      keys.add(FactKeys.NATIVE_CODE_NEW);
    }
    return keys;
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    if (sdistOnly && is(facts, FactKeys.SDIST_ONLY)) {
      return Answer.of(
          act.outcome(),
          "The release has source distributions alone, which run code of theirs when installed.",
          "Use a version with wheels, or have this one looked at.");
    }
    if (nativeCodeNew && is(facts, FactKeys.NATIVE_CODE_NEW)) {
      return Answer.of(
          act.outcome(),
          "The file has native code, and the release before had none.",
          "Use the version before, or have this one looked at.");
    }
    return needs().stream().anyMatch(key -> !(facts.of(key) instanceof Fact.Known<?>))
        ? Answer.missing(facts, needs())
        : Answer.pass("The file is of a wanted kind.");
  }

  private static boolean is(Facts facts, FactKey<Boolean> key) {
    return facts.of(key) instanceof Fact.Known<Boolean>(Boolean value) && value;
  }
}
