package dev.wellhead.core.policy;

import java.util.List;

/// A rule of a policy, for whoever wants to know what is in force.
///
/// @param name the rule's name in the policy
/// @param rule which of the house's rules it is: `cooldown`, `custom`, ...
/// @param scope where it is asked, in words
public record RuleSummary(
    String name,
    String rule,
    String question,
    Mode mode,
    int severity,
    String scope,
    Facets facts) {
  /// The facts that a rule needs, and those it forgives.
  public record Facets(List<String> needs, List<String> forgives) {
    public Facets {
      needs = List.copyOf(needs);
      forgives = List.copyOf(forgives);
    }
  }
}
