package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  private static final String HUGE = "9".repeat(10_000);

  @ParameterizedTest
  @CsvSource({
    "v1.0, 1.0",
    "1.0-ALPHA.1, 1.0a1",
    "1.0-preview_2, 1.0rc2",
    "1.0c, 1.0rc0",
    "1.0-1, 1.0.post1",
    "1.0.rev, 1.0.post0",
    "1.0_dev-3, 1.0.dev3",
    "0!01.002, 1.2",
    "2!1.0, 2!1.0",
    "1.0+Ubuntu_007.1, 1.0+ubuntu.7.1",
    "1.0a--1, 1.0a0.post1",
    "1!2.3.4a5.post6.dev7+zzz, 1!2.3.4a5.post6.dev7+zzz"
  })
  void every_spelling_prints_normalized(String spelling, String normal) {
    assertThat(version(spelling)).hasToString(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "2004d",
        "1.0-x",
        "1..0",
        "1.0.",
        "1.0+",
        "1.0+a__b",
        "1. 0",
        "1!",
        "!1",
        "1.0+é",
        "1.2.3prev\u0131ew1",
        "1.2.3po\u017ft1",
        "\u0661.\u0660",
        "french toast",
        "1.0a1a2",
        "=1.0"
      })
  void what_is_from_before_the_rules_is_no_version(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  @Test
  void white_space_around_it_is_no_part_of_a_version() {
    assertThat(version("\u202f 1.0\t\u2029\n")).hasToString("1.0");
  }

  @Test
  void versions_sort_from_development_releases_to_local_ones() {
    List<Version> sorted =
        List.of(
                "0.9",
                "1.0.dev1",
                "1.0a1.dev1",
                "1.0a1",
                "1.0a1.post1.dev1",
                "1.0a1.post1",
                "1.0b1",
                "1.0rc1",
                "1.0",
                "1.0+a",
                "1.0+a.1",
                "1.0+b",
                "1.0+2",
                "1.0+10",
                "1.0.post1.dev1",
                "1.0.post1",
                "1.0.1",
                "1.1",
                "1.10",
                "2." + HUGE,
                "2.1" + HUGE,
                "1!0.1")
            .stream()
            .map(VersionTest::version)
            .toList();

    for (int left = 0; left < sorted.size(); left++) {
      for (int right = 0; right < sorted.size(); right++) {
        assertThat(Integer.signum(sorted.get(left).compareTo(sorted.get(right))))
            .as("%s against %s", left, right)
            .isEqualTo(Integer.compare(left, right));
      }
    }
  }

  @Test
  void trailing_zeros_make_no_other_version() {
    assertThat(version("1.0.0")).isEqualTo(version("1")).hasSameHashCodeAs(version("1"));
    assertThat(version("1.0.0a1")).isEqualTo(version("1a1")).hasSameHashCodeAs(version("1a1"));
    assertThat(version("0")).isEqualTo(version("0.0")).hasSameHashCodeAs(version("0.0"));
  }

  @Test
  void the_parts_of_a_version_can_be_asked_for() {
    Version version = version("1!2.03rc4.post5.dev6+x.7");

    assertThat(version.epoch()).isEqualTo("1");
    assertThat(version.release()).containsExactly("2", "3");
    assertThat(version.local()).contains("x.7");
    assertThat(version.publicPart()).hasToString("1!2.3rc4.post5.dev6");
    assertThat(version.base()).hasToString("1!2.3");
    assertThat(version.isPrerelease()).isTrue();
    assertThat(version.isPostrelease()).isTrue();
    assertThat(version.isDevelopment()).isTrue();
    assertThat(version("1.0.post1").isPrerelease()).isFalse();
    assertThat(version("1.0").local()).isEqualTo(Optional.empty());
  }

  @Test
  void numbers_have_no_limit() {
    assertThat(version("1." + HUGE + ".dev" + HUGE)).hasToString("1." + HUGE + ".dev" + HUGE);
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
