package dev.wellhead.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.fuzz.Seeds;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Raw paths of request targets.
final class RequestPathFuzzTest {
  private static final Pattern CODE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final Pattern PLAIN = Pattern.compile("/[^%\\x00-\\x1f\\x7f-\\uffff]*+");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_path_without_complaint_has_one_meaning_and_leads_to_nowhere_else(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    String raw = new String(bytes, UTF_8);
    if (RequestPath.complaint(raw) != null) {
      return;
    }
    assertThat(CODE.matcher(raw).replaceAll("_")).matches(PLAIN);
    String path = RequestPath.decode(raw);
    assertThat(path).startsWith("/").doesNotContain("//", "\\", "\0", "\n", "\r", "\ufffd");
    assertThat(path.chars().filter(c -> c == '/').count())
        .isEqualTo(raw.chars().filter(c -> c == '/').count());
    for (String segment : path.substring(1).split("/", -1)) {
      assertThat(segment).hasSizeLessThanOrEqualTo(RequestPath.SEGMENT_LIMIT).isNotIn(".", "..");
    }
  }
}
