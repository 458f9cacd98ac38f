package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The list of all projects, while it is renewed and when it cannot be.
@Timeout(30)
final class NamesTest {
  @TempDir private Path folder;

  @Test
  void an_older_list_keeps_its_bytes_while_a_newer_one_comes() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1});
        Standalone house = new Standalone(folder, index)) {
      String first = house.text("/simple/", "Accept", FakeIndex.JSON);
      List<Path> before = lists();
      byte[] bytes = Files.readAllBytes(before.getFirst());
      index.file("attrs-1.0.tar.gz", new byte[] {2});
      house.clock.advance(Standalone.FRESH);

      assertThat(house.text("/simple/", "Accept", FakeIndex.JSON))
          .contains("attrs")
          .isNotEqualTo(first);
      assertThat(Files.readAllBytes(before.getFirst())).isEqualTo(bytes);
    }
  }

  @Test
  void lists_that_nobody_opens_any_more_are_removed() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1});
        Standalone house = new Standalone(folder, index)) {
      for (int i = 0; i < 4; i++) {
        index.file("p" + i + "-1.0.tar.gz", new byte[] {1});
        assertThat(house.get("/simple/").statusCode()).isEqualTo(200);
        house.clock.advance(Standalone.FRESH);
      }

      assertThat(lists()).hasSize(8);
    }
  }

  @Test
  void a_folder_that_takes_nothing_leaves_the_last_list() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1});
        Standalone house = new Standalone(folder, index)) {
      String first = house.text("/simple/");
      index.file("attrs-1.0.tar.gz", new byte[] {2});
      // A folder in the way of the file fails whoever writes, root too.
      Files.createDirectory(folder.resolve("cache/sources/upstream/raw"));
      Files.createFile(folder.resolve("cache/sources/upstream/raw/full"));
      house.clock.advance(Standalone.FRESH);

      assertThat(house.get("/simple/").statusCode()).isEqualTo(200);
      assertThat(house.text("/simple/")).isEqualTo(first);
      assertThat(house.get("/simple/").headers().firstValue("Cache-Status")).isPresent();
    }
  }

  @Test
  void after_a_restart_the_last_list_serves_on_while_the_upstream_is_down() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1})) {
      String first;
      try (Standalone house = new Standalone(folder, index)) {
        first = house.text("/simple/");
      }
      index.trouble("/simple/", new Trouble.Status(503, Map.of()));
      try (Standalone house = new Standalone(folder, index)) {
        assertThat(house.text("/simple/")).isEqualTo(first);
        assertThat(house.get("/simple/").headers().firstValue("Cache-Status"))
            .hasValueSatisfying(status -> assertThat(status).contains("stale"));
      }
    }
  }

  @Test
  void after_a_restart_the_list_is_asked_for_with_what_was_known_of_it() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[] {1})) {
      try (Standalone house = new Standalone(folder, index)) {
        assertThat(house.get("/simple/").statusCode()).isEqualTo(200);
      }
      List<Path> before = lists();
      try (Standalone house = new Standalone(folder, index)) {
        assertThat(house.get("/simple/").statusCode()).isEqualTo(200);
        assertThat(house.get("/simple/").headers().firstValue("Cache-Status")).isEmpty();
      }
      assertThat(lists()).isEqualTo(before);
      assertThat(index.requests().getLast().header("If-None-Match")).isPresent();
    }
  }

  @Test
  void a_useless_list_is_not_fetched_anew_for_each_request() throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Standalone house = new Standalone(folder, index)) {
      index.trouble("/simple/", Trouble.malformedJson());
      for (int i = 0; i < 5; i++) {
        assertThat(house.get("/simple/").statusCode()).isEqualTo(502);
      }

      assertThat(index.count("/simple/")).isEqualTo(1);
      index.heal();
      house.clock.advance(Standalone.RETRY);
      assertThat(house.get("/simple/").statusCode()).isEqualTo(200);
    }
  }

  private List<Path> lists() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cache/views"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
