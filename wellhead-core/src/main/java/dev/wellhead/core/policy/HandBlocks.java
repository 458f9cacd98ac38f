package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;

/// Blocks what somebody here has blocked by hand. Every policy has this rule.
record HandBlocks() implements Rule {
  static final String NAME = "hand-block";

  @Override
  public String question() {
    return "Has somebody here blocked it?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(FactKeys.BLOCKS);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    return switch (facts.of(FactKeys.BLOCKS)) {
      case Fact.Known<List<HandBlock>>(List<HandBlock> blocks) when blocks.isEmpty() ->
          Answer.pass("Nobody has blocked it.");
      case Fact.Known<List<HandBlock>>(List<HandBlock> blocks) -> blocked(blocks);
      case Fact.Unknown<List<HandBlock>> _, Fact.Pending<List<HandBlock>> _ ->
          Answer.missing(facts, FactKeys.BLOCKS);
    };
  }

  private static Answer blocked(List<HandBlock> blocks) {
    HandBlock first = blocks.getFirst();
    String reason = first.reason().isBlank() ? "no reason is given" : first.reason();
    return Answer.of(
            new Outcome.Block(),
            "Blocked here by %s: %s.".formatted(first.by(), withoutStop(reason)),
            "Use another version, or ask %s.".formatted(first.by()))
        .with(
            blocks.stream()
                .map(one ->
                    "%s, by %s, %s: %s"
                        .formatted(one.pattern(), one.by(), one.since(), one.reason()))
                .toList());
  }

  static String withoutStop(String text) {
    String bare = text.strip();
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
