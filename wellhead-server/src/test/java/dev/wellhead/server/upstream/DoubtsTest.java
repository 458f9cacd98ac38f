package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.testkit.FakeIndex;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index whose URL is nearly right.
final class DoubtsTest {
  private static final String HINT = "it has none of the first 5 projects";

  @Test
  void an_index_that_has_nothing_of_what_is_asked_for_is_doubted_until_it_has_something()
      throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1});
        Room room = Room.over(index)) {
      ask(room, 4);
      assertThat(room.upstream.health().state()).isEqualTo("Answers.");
      ask(room, 5);
      assertThat(room.upstream.health().state()).startsWith("Answers. But " + HINT);

      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(room.upstream.health().state()).isEqualTo("Answers.");
      ask(room, 9);
      assertThat(room.upstream.health().state()).isEqualTo("Answers.");
    }
  }

  @Test
  void one_project_that_is_asked_for_again_and_again_raises_no_doubt() throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Room room = Room.over(index)) {
      for (int i = 0; i < 9; i++) {
        ask(room, 1);
      }

      assertThat(room.upstream.health().state()).doesNotContain(HINT);
    }
  }

  @Test
  void an_index_with_a_list_of_names_is_not_doubted(@TempDir Path folder) throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Room room = Room.over(index)) {
      room.upstream.names(null, folder.resolve("names"));
      ask(room, 9);

      assertThat(room.upstream.health().state()).doesNotContain(HINT);
    }
  }

  private static void ask(Room room, int projects) {
    for (int i = 0; i < projects; i++) {
      assertThat(room.upstream.page(new ProjectName("absent-" + i), null))
          .isInstanceOf(PageAnswer.Absent.class);
    }
  }
}
