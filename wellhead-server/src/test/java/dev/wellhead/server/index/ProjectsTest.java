package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a project whose source changes its mind, fails or lies.
@Timeout(30)
final class ProjectsTest {
  private static final String WHEEL = "six-1.0-py3-none-any.whl";

  @TempDir private Path folder;

  @Test
  void a_project_in_quarantine_offers_no_file_whatever_its_source_lists() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      assertThat(house.json("six")).contains(WHEEL);
      index.status("six", "quarantined");
      house.clock.advance(Standalone.FRESH);

      assertThat(house.json("six")).contains("quarantined").doesNotContain(WHEEL);
      assertThat(house.text("/simple/six/")).contains("quarantined").doesNotContain(WHEEL);
      assertThat(house.get(Standalone.path(index, WHEEL)).statusCode()).isEqualTo(404);
      assertThat(house.get(Standalone.path(index, WHEEL) + ".metadata").statusCode())
          .isEqualTo(404);
      assertThat(house.text("/pypi/six/json")).doesNotContain(WHEEL);
    }
  }

  @Test
  void a_size_that_could_not_be_had_is_sought_at_the_next_look() throws Exception {
    byte[] wheel = TestWheels.wheel("six", "1.0");
    try (FakeIndex index = FakeIndex.start(Feature.PYPI).file(WHEEL, wheel);
        Standalone house = new Standalone(folder, index)) {
      index.trouble(
          index.pagePath("six"),
          new Trouble.Edited(page -> page.replaceAll("\"size\":\\s*[0-9]+,?", "")));
      index.trouble(index.filePath(WHEEL), 1, Trouble.status(500));
      assertThat(house.json("six")).doesNotContain("\"size\":" + wheel.length);

      house.clock.advance(Standalone.FRESH);

      assertThat(house.json("six")).contains("\"size\":" + wheel.length);
    }
  }

  @Test
  void a_page_that_vanishes_and_returns_is_whole_again() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      String before = house.json("six");
      index.trouble(index.pagePath("six"), Trouble.status(404));
      house.clock.advance(Standalone.FRESH);
      assertThat(house.get("/simple/six/").statusCode()).isEqualTo(404);
      assertThat(house.get(Standalone.path(index, WHEEL)).statusCode()).isEqualTo(404);
      index.heal();
      house.clock.advance(Standalone.FRESH);

      assertThat(house.json("six")).isEqualTo(before);
      assertThat(house.get(Standalone.path(index, WHEEL)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_page_that_becomes_useless_leaves_the_last_good_one() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      String before = house.json("six");
      index.trouble(index.pagePath("six"), Trouble.malformedJson());
      house.clock.advance(Standalone.FRESH);

      assertThat(house.json("six")).isEqualTo(before);
      assertThat(house.get("/simple/six/").headers().firstValue("Cache-Status").orElse(""))
          .contains("stale");
    }
  }

  @Test
  void one_question_brings_few_of_the_wheels_that_have_no_metadata() throws Exception {
    try (FakeIndex index = FakeIndex.start(java.util.Set.of());
        Standalone house = new Standalone(folder, index)) {
      for (int i = 0; i < 20; i++) {
        index.file("six-1.0-" + i + "-py3-none-any.whl", TestWheels.zip("a" + i, new byte[1]));
      }
      assertThat(house.get("/pypi/six/json").statusCode()).isEqualTo(200);

      assertThat(house.blobs.all()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void a_provenance_that_nobody_can_tell_of_now_is_no_404() throws Exception {
    try (FakeIndex index = FakeIndex.start();
        Standalone house = new Standalone(folder, index)) {
      index.trouble(index.pagePath("six"), Trouble.status(500));

      assertThat(house.get("/integrity/six/1.0/" + WHEEL + "/provenance").statusCode())
          .isEqualTo(503);
    }
  }
}
