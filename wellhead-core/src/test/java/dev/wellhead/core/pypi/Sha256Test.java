package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Sha256Test {
  private static final String HEX =
      "00ff1edd3dd0e1a46cc53b8fc890b5a3b11737515aeb7f42c3af9f38e8d8975d";

  @Test
  void both_cases_spell_one_digest() {
    assertThat(Sha256.of(HEX.toUpperCase(Locale.ROOT))).isEqualTo(Optional.of(new Sha256(HEX)));
  }

  @Test
  void bytes_and_text_are_the_same_digest() {
    byte[] bytes = new byte[32];
    bytes[1] = (byte) 0xAB;
    assertThat(Sha256.of(bytes)).isEqualTo(new Sha256("00ab" + "0".repeat(60)));
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256.of(new byte[31]));
  }

  @Test
  void anything_else_is_no_digest() {
    assertThat(Sha256.of("")).isEmpty();
    assertThat(Sha256.of(HEX + "0")).isEmpty();
    assertThat(Sha256.of(HEX.substring(1) + "g")).isEmpty();
    assertThat(Sha256.of(HEX.substring(1) + "\u0660")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new Sha256(HEX.toUpperCase(Locale.ROOT)));
  }
}
