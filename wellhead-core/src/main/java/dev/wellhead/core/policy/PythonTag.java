package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Objects to wheels for Pythons that are not wanted: at least one of a wheel's tags must be
/// allowed (any is where none are named) and not denied.
record PythonTag(List<Glob> allow, List<Glob> deny, Act act) implements Rule {
  PythonTag {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  @Override
  public String question() {
    return "Is the wheel for a Python that is wanted here?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.PYTHON_TAGS);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.PYTHON_TAGS)) {
      case Fact.Known<Set<String>>(Set<String> tags)
          when tags.isEmpty() || tags.stream().anyMatch(this::isWanted) ->
          Answer.pass("The file is for a wanted Python.");
      case Fact.Known<Set<String>>(Set<String> tags) ->
          Answer.of(
              act.outcome(),
              String.format(
                  Locale.ROOT,
                  "The wheel is for %s, which is not wanted here.",
                  String.join(", ", tags.stream().sorted().toList())),
              "Use a wheel for another Python.");
      case Fact.Unknown<Set<String>> _, Fact.Pending<Set<String>> _ ->
          Answer.missing(facts, FactKeys.PYTHON_TAGS);
    };
  }

  private boolean isWanted(String tag) {
    return (allow.isEmpty() || allow.stream().anyMatch(glob -> glob.matches(tag)))
        && deny.stream().noneMatch(glob -> glob.matches(tag));
  }
}
