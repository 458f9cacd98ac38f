package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Environment markers.
final class MarkerFuzzTest {
  private static final List<MarkerEnvironment> ENVIRONMENTS =
      List.of(
          MarkerEnvironment.of(Map.of()),
          MarkerEnvironment.of(
                  Map.of(MarkerVariable.OS_NAME, "posix", MarkerVariable.PYTHON_VERSION, "3.12"))
              .withExtras(List.of("a", "b_C")));

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_marker_reads_back_and_has_the_same_outcome_then(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (Marker.parse(new String(bytes, UTF_8))) {
      case Parse.Invalid<Marker>(String why) -> assertSentence(why);
      case Parse.Parsed<Marker>(Marker marker) -> {
        Marker again = Marker.parse(marker.toString()).toOptional().orElseThrow();
        assertThat(again).isEqualTo(marker).hasSameHashCodeAs(marker);
        for (MarkerEnvironment environment : ENVIRONMENTS) {
          assertThat(again.evaluate(environment)).isEqualTo(marker.evaluate(environment));
        }
      }
    }
  }
}
