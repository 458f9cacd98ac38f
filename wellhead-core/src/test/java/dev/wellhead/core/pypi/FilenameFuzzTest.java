package dev.wellhead.core.pypi;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Names of distribution files.
final class FilenameFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_file_name_is_no_path_and_says_a_name_and_a_version_or_is_refused(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    String filename = new String(bytes, UTF_8);
    assertThat(ReleaseGuess.of(filename)).isNotNull();
    switch (DistributionFilename.parse(filename)) {
      case Parse.Invalid<DistributionFilename>(String why) -> assertSentence(why);
      case Parse.Parsed<DistributionFilename>(DistributionFilename read) -> {
        assertThat(read.filename()).isEqualTo(filename).doesNotContain("/", "\\", "\0", "\n");
        assertThat(read.name()).isNotEmpty();
        assertThat(Version.parse(read.version().toString())).contains(read.version());
        read.project()
            .ifPresent(project -> assertThat(ReleaseGuess.of(project, filename)).isNotNull());
        assertThat(DistributionFilename.parse(filename).toOptional()).contains(read);
      }
    }
  }
}
