package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What holds for every page, on a desk in English and on a phone in Chinese, by day and by night.
@ExtendWith(Chromium.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryPageTest {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/projects/bucket",
          "/projects/bucket/1.1",
          "/projects/bucket/2.0/bucket-2.0-py3-none-any.whl",
          "/projects/hostile",
          "/projects/hostile/1.0/hostile-1.0-py3-none-any.whl",
          "/projects/spring-water",
          "/search",
          "/search?q=bucket",
          "/sources",
          "/status",
          "/alarms",
          "/alarms?standing=resolved",
          "/settings",
          "/admin/enter");

  private SeededHouse house;

  @BeforeAll
  void open(@TempDir Path data) throws Exception {
    house = SeededHouse.open(data);
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  @Test
  void at_a_desk_by_day(Chromium chromium) {
    assertAllFit(chromium, Chromium.Screen.DESK, "en");
  }

  @Test
  void on_a_phone_by_night_in_chinese(Chromium chromium) {
    assertAllFit(chromium, Chromium.Screen.PHONE, "zh-Hans");
  }

  private void assertAllFit(Chromium chromium, Chromium.Screen screen, String language) {
    try (Visit visit = chromium.visit(house.url(), screen)) {
      for (String path : PATHS) {
        assertThat(visit.open(path)).as(path).isEqualTo(200);
        assertThat(visit.page().locator("html").getAttribute("lang")).as(path).isEqualTo(language);
        visit.assertFit(screen + " " + path);
      }
      assertThat(visit.open("/projects/no-such-project")).isEqualTo(404);
      visit.assertFit(screen + " problem");
    }
  }
}
