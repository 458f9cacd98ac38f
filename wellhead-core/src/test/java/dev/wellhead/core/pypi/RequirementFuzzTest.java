package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Requirements (PEP 508).
final class RequirementFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_requirement_reads_back_as_what_it_prints(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (Requirement.parse(new String(bytes, UTF_8))) {
      case Parse.Invalid<Requirement>(String why) -> assertSentence(why);
      case Parse.Parsed<Requirement>(Requirement requirement) -> {
        assertThat(requirement.project()).isNotNull();
        assertThat(Requirement.parse(requirement.toString()).toOptional()).contains(requirement);
      }
    }
  }
}
