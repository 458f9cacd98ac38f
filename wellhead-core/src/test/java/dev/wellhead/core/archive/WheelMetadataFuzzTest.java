package dev.wellhead.core.archive;

import static dev.wellhead.core.fuzz.Sentences.assertSentence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.fuzz.Seeds;
import dev.wellhead.core.pypi.ProjectName;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Wheels, of the project `six` and of any size.
final class WheelMetadataFuzzTest {
  private static final ProjectName SIX = ProjectName.of("six").orElseThrow();

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_wheel_gives_its_metadata_or_a_reason_and_nothing_outside_of_it_is_read(byte[] seed)
      throws IOException {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    try (ReadableBytes wheel = new ReadableBytes(bytes)) {
      byte[] metadata = WheelMetadata.read(wheel, SIX);
      assertThat(metadata.length).isLessThanOrEqualTo(WheelMetadata.LONGEST);
    } catch (UnreadableArchiveException refused) {
      assertSentence(refused.getMessage() + ".");
    }
  }
}
