package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import dev.wellhead.core.fuzz.Sentences;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// METADATA and PKG-INFO.
final class MetadataFuzzTest {
  private static final MetadataDocument.Limits LIMITS = new MetadataDocument.Limits(1 << 16, 100);

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void metadata_is_read_whatever_it_is_and_adds_nothing_to_the_file(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (MetadataDocument.parse(bytes, LIMITS)) {
      case Parse.Invalid<MetadataDocument>(String why) -> assertSentence(why);
      case Parse.Parsed<MetadataDocument>(MetadataDocument document) -> {
        assertThat(document.headers()).hasSizeLessThanOrEqualTo(LIMITS.headers());
        int length = document.body().length();
        for (MetadataDocument.Header header : document.headers()) {
          assertThat(header.name()).matches("[!-9;-~]+");
          length += header.name().length() + header.value().length() + 1;
        }
        assertThat(length).isLessThanOrEqualTo(new String(bytes, UTF_8).length() + 1);
        document.oddities().forEach(Sentences::assertSentence);
        for (String requirement : document.requiresDist()) {
          assertThat(Requirement.parse(requirement)).isNotNull();
        }
      }
    }
  }
}
