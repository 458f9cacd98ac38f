package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Project pages in JSON.
final class PageFuzzTest {
  private static final PageLimits LIMITS = new PageLimits(1 << 16, 100, 8, 1 << 12);

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_page_is_read_or_refused_with_a_sentence_and_reads_back_as_what_it_renders(byte[] seed)
      throws IOException {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    try {
      assertRenders(SimpleJson.parsePage(new ByteArrayInputStream(bytes), LIMITS));
    } catch (MalformedPageException refused) {
      assertSentence(refused.getMessage());
    }
  }

  /// That the page has two forms which agree, and comes back from one of them.
  static void assertRenders(ProjectPage page) throws IOException, MalformedPageException {
    HtmlPage html = HtmlPage.read(SimpleHtml.renderPage(page));
    assertThat(html.anchors()).hasSameSizeAs(page.files());
    ProjectPage again =
        SimpleJson.parsePage(
            new ByteArrayInputStream(SimpleJson.renderPage(page)), PageLimits.ofProject());
    assertThat(SimpleHtml.renderPage(again)).isEqualTo(SimpleHtml.renderPage(page));
    assertThat(SimpleJson.renderPage(again)).isEqualTo(SimpleJson.renderPage(page));
  }
}
