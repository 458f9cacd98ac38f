package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Objects to licences: to those that are denied, and, where any are allowed by name, to all
/// others.
///
/// What a file states is read as an SPDX expression: of alternatives one must do, of what holds
/// together all. A file that states nothing is objected to where licences are allowed by name.
record Licence(List<Glob> allow, List<Glob> deny, Act act) implements Rule {
  Licence {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  @Override
  public String question() {
    return "Does the licence permit the use?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.LICENCE);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.LICENCE)) {
      case Fact.Known<String>(String stated) when permits(stated.strip()) ->
          Answer.pass("The licence is permitted.");
      case Fact.Known<String>(String stated) ->
          Answer.of(
              act.outcome(),
              stated.isBlank()
                  ? "The file states no licence, and only some are permitted."
                  : String.format(Locale.ROOT, "The licence %s is not permitted.", stated.strip()),
              "Ask who looks after licences here.");
      case Fact.Unknown<String> _, Fact.Pending<String> _ ->
          Answer.missing(facts, FactKeys.LICENCE);
    };
  }

  private boolean permits(String stated) {
    if (stated.isEmpty()) {
      return allow.isEmpty();
    }
    if (stated.indexOf('(') >= 0) {
      return allPermitted(stated.replaceAll("[()]", " ").replaceAll("\\s(OR|AND)\\s", " AND "));
    }
    for (String alternative : stated.split("\\s+OR\\s+", -1)) {
      if (allPermitted(alternative)) {
        return true;
      }
    }
    return false;
  }

  private boolean allPermitted(String together) {
    for (String one : together.strip().split("\\s+AND\\s+", -1)) {
      String licence = one.strip();
      if (deny.stream().anyMatch(glob -> glob.matches(licence))
          || (!allow.isEmpty() && allow.stream().noneMatch(glob -> glob.matches(licence)))) {
        return false;
      }
    }
    return true;
  }
}
