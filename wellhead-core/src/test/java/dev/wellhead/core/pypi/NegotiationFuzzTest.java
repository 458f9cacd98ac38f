package dev.wellhead.core.pypi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// `Accept` headers, one on each line; a first line that begins with `?` is the parameter.
final class NegotiationFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void whoever_wants_json_most_gets_it_and_case_changes_nothing(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    List<String> lines = List.of(new String(bytes, UTF_8).split("\n", -1));
    boolean asked = lines.getFirst().startsWith("?");
    List<String> headers = asked ? lines.subList(1, lines.size()) : lines;
    PageForm form = Negotiation.choose(headers, asked ? lines.getFirst().substring(1) : null);
    assertThat(form).isNotNull();
    List<String> loud = headers.stream().map(NegotiationFuzzTest::upperCase).toList();
    assertThat(Negotiation.choose(loud, null)).isEqualTo(Negotiation.choose(headers, null));
    List<String> more = new ArrayList<>(headers);
    more.add("application/vnd.pypi.simple.v1+json");
    assertThat(Negotiation.choose(more, null)).isEqualTo(PageForm.JSON);
  }

  /// Only of ASCII, as field values are compared.
  private static String upperCase(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < upper.length(); i++) {
      char c = upper.charAt(i);
      if (c >= 'a' && c <= 'z') {
        upper.setCharAt(i, (char) (c - 32));
      }
    }
    return upper.toString();
  }
}
