package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SettingsReferenceTest {
  @Test
  void the_reference_page_says_what_the_records_say() throws Exception {
    Path page = Path.of(System.getProperty("house", "."), "docs/reference/settings.md");
    if (Boolean.getBoolean("docs.write")) {
      Files.createDirectories(page.resolveSibling("."));
      Files.writeString(page, SettingsReference.markdown());
    }
    assertThat(page)
        .as("docs/reference/settings.md is generated: run ./dev docs --write and commit it")
        .hasContent(SettingsReference.markdown());
  }
}
