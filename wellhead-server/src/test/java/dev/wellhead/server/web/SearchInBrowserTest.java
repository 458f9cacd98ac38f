package dev.wellhead.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The search as somebody types into it.
@ExtendWith(Chromium.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchInBrowserTest {
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
  void what_is_found_follows_what_is_typed_and_the_keyboard_leads_to_it(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/search");
      Page page = visit.page();
      Locator field = page.locator("#q");
      assertThat(field).isFocused();
      field.pressSequentially("bukcet");
      Locator first = page.locator("#found a").first();
      assertThat(first).hasText("bucket");
      assertThat(page.locator("#found-count")).containsText("project");
      assertThat(field).hasValue("bukcet");
      page.waitForURL("**/search?q=bukcet");

      page.keyboard().press("ArrowDown");
      assertThat(first).isFocused();
      page.keyboard().press("Escape");
      assertThat(field).isFocused();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).containsText("bucket");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void the_place_that_tells_screen_readers_stays_while_its_text_changes(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/search");
      Page page = visit.page();
      page.evaluate("() => { window.told = document.getElementById('found-count'); }");
      page.locator("#q").fill("qqqqqqqqqq");
      assertThat(page.locator("#found-count")).hasText("No project has a name like this.");

      assertThat((Boolean) page.evaluate("() => window.told.isConnected")).isTrue();
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void without_script_the_form_answers(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK, false)) {
      visit.open("/status");
      Page page = visit.page();
      page.locator("form.search input").fill("bucket");
      page.locator("form.search input").press("Enter");

      assertThat(page.locator("#found a").first()).hasText("bucket");
      assertThat(page.locator("#q")).hasValue("bucket");
    }
  }

  @Test
  void what_hostile_text_was_typed_stays_text(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
      Page page = visit.page();
      page.locator("#q").fill("<img src=x onerror=alert(1)>");
      assertThat(page.locator("#found-count")).hasText("No project has a name like this.");

      assertThat(page.locator("main img")).hasCount(0);
      assertThat(visit.troubles()).isEmpty();
    }
  }
}
