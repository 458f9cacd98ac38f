package dev.wellhead.core.policy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

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
            String.format(Locale.ROOT, "Blocked here by %s: %s.", first.by(), withoutStop(reason)),
            String.format(Locale.ROOT, "Use another version, or ask %s.", first.by()))
        .with(
            blocks.stream()
                .map(one ->
                    String.format(
                        Locale.ROOT,
                        "%s, by %s, %s: %s",
                        one.pattern(),
                        one.by(),
                        one.since(),
                        one.reason()))
                .toList());
  }

  static String withoutStop(String text) {
    String bare = text.strip();
    return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
  }
}
