package dev.wellhead.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.fuzz.Seeds;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Raw queries of request targets.
final class QueryStringFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_query_is_read_within_its_limit_or_refused(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    String raw = new String(bytes, UTF_8);
    Map<String, String> query = QueryString.parse(raw);
    if (query == null) {
      return;
    }
    assertThat(query).hasSizeLessThanOrEqualTo(QueryString.PAIR_LIMIT);
    assertThat(raw.chars()).allMatch(c -> c <= 0x7e);
    StringBuilder again = new StringBuilder();
    query.forEach((name, value) ->
        again.append('&').append(encoded(name)).append('=').append(encoded(value)));
    assertThat(QueryString.parse(again.isEmpty() ? "" : again.substring(1))).isEqualTo(query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
