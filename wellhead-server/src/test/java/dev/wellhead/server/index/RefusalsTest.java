package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.http.Response;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a "no" reads: one period at the end of the document, none in the status line.
@Timeout(30)
final class RefusalsTest {
  @TempDir private Path folder;

  @Test
  void the_status_line_has_no_period_whether_the_sentence_had_one_or_not() {
    Response with = Refusals.problem(502, "Not usable", "It cannot be used.");
    Response without = Refusals.problem(502, "Not usable", "It cannot be used");

    assertThat(with.toString()).startsWith("502 Wellhead: It cannot be used ");
    assertThat(without.toString()).isEqualTo(with.toString());
  }

  @Test
  void the_upstreams_sentence_ends_in_one_period() throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Standalone house = new Standalone(folder, index)) {
      index.trouble(index.pagePath("six"), Trouble.malformedJson());
      index.trouble("/simple/", Trouble.html());

      assertThat(house.json("six")).contains(".\"").doesNotContain("..");
      assertThat(house.text("/simple/")).contains(".\"").doesNotContain("..");
    }
  }
}
