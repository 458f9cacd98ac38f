package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WordsTest {
  private final Words words = new Messages().in(Language.EN);

  @Test
  void sizes_have_the_unit_that_leaves_few_digits() {
    assertThat(words.size(0)).isEqualTo("0 B");
    assertThat(words.size(1_023)).isEqualTo("1023 B");
    assertThat(words.size(1_536)).isEqualTo("1.5 KiB");
    assertThat(words.size(200L << 20)).isEqualTo("200 MiB");
    assertThat(words.size((1L << 30) - 1)).isEqualTo("1.0 GiB");
    assertThat(words.sizeOf(null)).isEqualTo("–");
  }

  @Test
  void spans_are_told_in_their_largest_unit() {
    Instant now = Instant.parse("2026-11-24T12:00:00Z");

    assertThat(words.span(Duration.ofMinutes(1))).isEqualTo("1 minute");
    assertThat(words.span(Duration.ofSeconds(150))).isEqualTo("2 minutes");
    assertThat(words.span(Duration.ofHours(49))).isEqualTo("2 days");
    assertThat(words.ago(now, now)).isEqualTo("just now");
    assertThat(words.ago(now.minusSeconds(90), now)).isEqualTo("1 minute ago");
    assertThat(words.agoOf(null, now)).isEqualTo("–");
  }

  @Test
  void shares_are_percent_and_nothing_of_nothing_is_a_dash() {
    assertThat(words.percent(1)).isEqualTo("100 %");
    assertThat(words.percent(0.987)).isEqualTo("98.7 %");
    assertThat(words.percent(0.9999)).isEqualTo("100 %");
    assertThat(words.percent(Double.NaN)).isEqualTo("–");
  }
}
