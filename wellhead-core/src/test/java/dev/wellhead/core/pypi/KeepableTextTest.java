package dev.wellhead.core.pypi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Free texts of a page that no database takes as they are.
final class KeepableTextTest {
  @Test
  void what_no_database_takes_is_replaced_in_texts_for_people() throws Exception {
    ProjectPage page =
        page(
            """
            {"name": "six", "project-status": {"status": "archived", "reason": "a\\u0000b\\ud800"},
             "versions": [],
             "files": [{"filename": "six-1.0.tar.gz", "url": "six-1.0.tar.gz", "hashes": {},
               "requires-python": ">=3\\u0000", "yanked": "\\udc00 \\ud83d\\ude00 bad",
               "provenance": "https://a.test/\\ud800"}]}
            """);

    FileEntry file = page.files().getFirst();
    assertThat(page.status().reason()).isEqualTo("a\ufffdb\ufffd");
    assertThat(file.requiresPython()).isEqualTo(">=3\ufffd");
    assertThat(file.yank()).isEqualTo(new Yank.Yanked("\ufffd \ud83d\ude00 bad"));
    assertThat(file.provenance()).isNull();
  }

  @Test
  void what_is_no_version_is_not_listed_as_one() throws Exception {
    ProjectPage page =
        page(
            """
            {"name": "six", "versions": ["1.0", "", "1\\n2", "\\u0000", "\\ud800", "odd one"],
             "files": []}
            """);

    assertThat(page.versions()).isEqualTo(List.of("1.0", "odd one"));
  }

  private static ProjectPage page(String json) throws Exception {
    return SimpleJson.parsePage(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), PageLimits.ofProject());
  }
}
