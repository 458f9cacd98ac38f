package dev.wellhead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MadeFileTest {
  private static final String WHEEL = "spring-1.0-py3-none-any.whl";

  @Test
  void the_same_order_gives_the_same_bytes() {
    assertThat(MadeFile.wheel(WHEEL, "Requires-Dist: six"))
        .isEqualTo(MadeFile.wheel(WHEEL, "Requires-Dist: six"))
        .isNotEqualTo(MadeFile.wheel(WHEEL));
    assertThat(MadeFile.sdist("spring-1.0.tar.gz")).isEqualTo(MadeFile.sdist("spring-1.0.tar.gz"));
  }

  @Test
  void a_padded_wheel_has_exactly_the_size_and_its_metadata() {
    byte[] wheel = MadeFile.wheelOfSize(WHEEL, 70_001, 7, "Summary: water");
    assertThat(wheel).hasSize(70_001);
    assertThat(new FakeFile(WHEEL, new Answer.Bytes(wheel, 0, wheel.length), null).metadata())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("Metadata-Version: 2.2\nName: spring\nVersion: 1.0\nSummary: water\n");
    assertThat(wheel).isNotEqualTo(MadeFile.wheelOfSize(WHEEL, 70_001, 8, "Summary: water"));
  }

  @Test
  void a_size_that_is_too_small_and_a_name_that_is_no_wheel_are_refused() {
    assertThatThrownBy(() -> MadeFile.wheelOfSize(WHEEL, 10, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spring-1.0-py3-none-any.whl is larger than 10 bytes without padding");
    assertThatThrownBy(() -> MadeFile.wheel("spring.whl"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
