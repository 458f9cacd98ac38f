package dev.wellhead.server.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.fuzz.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Settings files. Those that name further files are left out: the target reads no file but its
/// own.
final class SettingsFuzzTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().resolve("target");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_settings_file_is_read_or_refused_with_sentences(byte[] seed) throws IOException {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    if (new String(bytes, ISO_8859_1).contains("_file")) {
      return;
    }
    Path file = FOLDER.resolve("wellhead-fuzz-" + ProcessHandle.current().pid() + ".toml");
    try {
      Files.createDirectories(FOLDER);
      Files.write(file, bytes);
      SettingsLoader.load(Map.of("config", file.toString()), Map.of(), FOLDER);
    } catch (RefusedException refused) {
      assertSentences(String.valueOf(refused.getMessage()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void assertSentences(String said) {
    assertThat(said).hasSizeBetween(10, 200_000);
    for (String line : said.split("\n", -1)) {
      assertThat(line).hasSizeBetween(10, 1_000);
      assertThat(line.chars()).noneMatch(Character::isISOControl);
    }
  }
}
