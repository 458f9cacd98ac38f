package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// The root list in JSON.
final class NamesFuzzTest {
  private static final PageLimits LIMITS = new PageLimits(1 << 16, 100, 8, 1 << 12);

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_list_of_names_is_read_or_refused_and_reads_back_as_what_it_renders(byte[] seed)
      throws IOException {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      SimpleJson.parseNames(new ByteArrayInputStream(bytes), LIMITS, names::add);
    } catch (MalformedPageException refused) {
      assertSentence(refused.getMessage());
    }
    assertThat(names).hasSizeLessThanOrEqualTo(LIMITS.maxEntries());
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    SimpleJson.renderNames(names.iterator(), json);
    assertThat(read(json.toByteArray())).isEqualTo(names);
    ByteArrayOutputStream html = new ByteArrayOutputStream();
    SimpleHtml.renderNames(names.iterator(), html);
    assertThat(HtmlPage.read(html.toByteArray()).anchors())
        .extracting(HtmlPage.Anchor::text)
        .isEqualTo(names);
  }

  private static List<String> read(byte[] json) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      SimpleJson.parseNames(new ByteArrayInputStream(json), PageLimits.ofNames(), names::add);
    } catch (MalformedPageException refused) {
      throw new AssertionError("what was rendered is refused", refused);
    }
    return names;
  }
}
