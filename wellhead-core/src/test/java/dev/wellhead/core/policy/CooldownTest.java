package dev.wellhead.core.policy;

import static dev.wellhead.core.policy.Samples.NOW;
import static dev.wellhead.core.policy.Samples.harmless;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CooldownTest {
  private static final Policy POLICY = Samples.policy("[rules.cooldown]\nage = \"72h\"\n");
  private static final Instant YOUNG = NOW.minus(Duration.ofHours(3));
  private static final Instant END = YOUNG.plus(Duration.ofDays(3));

  @Test
  void a_young_file_is_held_to_the_instant() {
    Facts young = harmless().known(FactKeys.UPLOAD_TIME, YOUNG).build();

    Judgement judgement = POLICY.decide(young, NOW);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
    assertThat(judgement.validUntil()).isEqualTo(END);
    assertThat(judgement.headline().orElseThrow().sentence())
        .isEqualTo(
            "The file is public since 2026-05-24T09:00:00Z, younger than 72 hours; held until"
                + " 2026-05-27T09:00:00Z.");
    assertThat(POLICY.decide(young, END.minusNanos(1)).verdict())
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
    assertThat(POLICY.decide(young, END))
        .isEqualTo(new Judgement(new Verdict.Allow(), List.of(), Judgement.FOREVER, false));
  }

  @Test
  void a_clock_that_jumps_back_and_dates_in_the_future_free_nothing() {
    Facts tomorrow = harmless().known(FactKeys.UPLOAD_TIME, NOW.plus(Duration.ofDays(1))).build();
    Facts never = harmless().known(FactKeys.UPLOAD_TIME, Instant.MAX).build();

    assertThat(POLICY.decide(tomorrow, NOW).verdict())
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(NOW.plus(Duration.ofDays(4)))));
    assertThat(POLICY.decide(never, NOW).verdict())
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(Judgement.FOREVER)));
  }

  @Test
  void what_was_in_use_before_the_policy_began_is_exempt() {
    assertThat(verdict(young().known(FactKeys.ADOPTED, true))).isEqualTo(new Verdict.Allow());
    assertThat(verdict(young().unknown(FactKeys.ADOPTED, "lost")))
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
  }

  @Test
  void a_fix_for_what_is_in_use_skips_it_when_the_publisher_is_the_same() {
    assertThat(verdict(young().known(FactKeys.FIXES, List.of("CVE-1"))))
        .isEqualTo(new Verdict.Allow());
    assertThat(
            verdict(
                young()
                    .known(FactKeys.FIXES, List.of("CVE-1"))
                    .known(FactKeys.PUBLISHER_KEPT, false)))
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
    assertThat(
            verdict(
                young()
                    .known(FactKeys.FIXES, List.of("CVE-1"))
                    .unknown(FactKeys.PUBLISHER_KEPT, "no provenance")))
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
  }

  @Test
  void a_house_without_a_record_is_warned_first_and_told_until_when() {
    Instant learned = NOW.plus(Duration.ofHours(10));
    Facts facts = young().known(FactKeys.LEARNING, new Learning.Until(learned)).build();

    assertThat(POLICY.decide(facts, NOW).verdict()).isEqualTo(new Verdict.Warn());
    assertThat(POLICY.decide(facts, NOW).validUntil()).isEqualTo(learned);
    assertThat(POLICY.decide(facts, NOW).findings().getFirst().sentence())
        .contains("From " + learned + " on such files are held");
    assertThat(POLICY.decide(facts, learned).verdict())
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
  }

  @Test
  void the_house_s_own_releases_do_not_wait_unless_told_to() {
    Facts own =
        Harmless.about(Samples.file(Subject.HOSTED, "acme"), NOW)
            .known(FactKeys.UPLOAD_TIME, YOUNG)
            .build();

    assertThat(POLICY.decide(own, NOW).verdict()).isEqualTo(new Verdict.Allow());
    assertThat(Samples.policy("[rules.cooldown]\nhosted = true\n").decide(own, NOW).verdict())
        .isEqualTo(new Verdict.Hold(new HoldEnd.Until(END)));
  }

  /// More age never makes it stricter, be it that the file is older or that the day is later.
  @Test
  void more_age_never_makes_it_stricter() {
    Random chance = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      Instant at = NOW.plusSeconds(chance.nextInt(-1_000_000, 200_000));
      Duration more = Duration.ofSeconds(chance.nextInt(0, 1_000_000));
      Facts.Builder facts =
          harmless()
              .known(FactKeys.ADOPTED, chance.nextInt(10) == 0)
              .known(FactKeys.FIXES, chance.nextInt(5) == 0 ? List.of("CVE-1") : List.of())
              .known(FactKeys.PUBLISHER_KEPT, chance.nextBoolean());
      if (chance.nextInt(4) == 0) {
        facts.unknown(FactKeys.ADOPTED, "lost");
      }
      Facts young = facts.known(FactKeys.UPLOAD_TIME, at).build();
      Verdict now = POLICY.decide(young, NOW).verdict();

      assertThat(Policy.strictness(POLICY.decide(young, NOW.plus(more)).verdict()))
          .isLessThanOrEqualTo(Policy.strictness(now));
      Facts learning =
          chance.nextBoolean()
              ? young
              : young
                  .and()
                  .known(FactKeys.LEARNING, new Learning.Until(NOW.plusSeconds(9)))
                  .build();
      Facts older = learning.and().known(FactKeys.UPLOAD_TIME, at.minus(more)).build();
      assertThat(Policy.strictness(POLICY.decide(older, NOW).verdict()))
          .isLessThanOrEqualTo(Policy.strictness(POLICY.decide(learning, NOW).verdict()));
    }
  }

  private static Facts.Builder young() {
    return harmless().known(FactKeys.UPLOAD_TIME, YOUNG);
  }

  private static Verdict verdict(Facts.Builder facts) {
    return POLICY.decide(facts.build(), NOW).verdict();
  }
}
