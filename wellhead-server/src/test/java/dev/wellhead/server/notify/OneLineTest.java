package dev.wellhead.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OneLineTest {
  @Test
  void what_could_begin_a_header_or_turn_the_writing_becomes_a_space() {
    assertThat(OneLine.of("six\r\nBcc: all@example.org\u0000\u202E\u2028x", 100))
        .isEqualTo("six  Bcc: all@example.org   x");
    assertThat(OneLine.of("a lone \uD83D half", 100)).isEqualTo("a lone   half");
  }

  @Test
  void a_text_that_fits_stays_and_a_longer_one_ends_with_a_sign() {
    assertThat(OneLine.of("12345", 5)).isEqualTo("12345");
    assertThat(OneLine.of("123456", 5)).isEqualTo("1234…");
    assertThat(OneLine.of("名前😀", 4)).isEqualTo("名前😀");
    assertThat(OneLine.of("名前😀x", 4)).isEqualTo("名前…");
    assertThat(OneLine.of("😀😀", 3)).isEqualTo("😀…");
  }
}
