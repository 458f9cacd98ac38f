package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// A set of specifiers on the first line, versions on the others.
final class SpecifierFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void specifiers_read_back_and_hold_the_same_versions_then(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    List<String> lines = List.of(new String(bytes, UTF_8).split("\n", 4));
    switch (SpecifierSet.parse(lines.getFirst())) {
      case Parse.Invalid<SpecifierSet>(String why) -> assertSentence(why);
      case Parse.Parsed<SpecifierSet>(SpecifierSet set) -> {
        SpecifierSet again = SpecifierSet.parse(set.toString()).toOptional().orElseThrow();
        assertThat(again).isEqualTo(set).hasSameHashCodeAs(set).hasToString(set.toString());
        for (String line : lines.subList(1, lines.size())) {
          assertHoldsAlike(set, again, line);
        }
      }
    }
  }

  private static void assertHoldsAlike(SpecifierSet one, SpecifierSet other, String spelling) {
    for (Prereleases prereleases : Prereleases.values()) {
      assertThat(one.contains(spelling, prereleases))
          .isEqualTo(other.contains(spelling, prereleases));
      Version.parse(spelling)
          .ifPresent(version -> {
            assertThat(one.contains(version, prereleases))
                .isEqualTo(other.contains(version, prereleases));
            assertThat(one.filter(List.of(version), prereleases)).isSubsetOf(version);
          });
    }
  }
}
