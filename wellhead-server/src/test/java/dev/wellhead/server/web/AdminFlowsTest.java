package dev.wellhead.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What an administrator does with the pages.
@ExtendWith(Chromium.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminFlowsTest {
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
  void names_are_reserved_after_a_look_at_what_they_shadow_and_taken_back(Chromium chromium)
      throws Exception {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      Page page = entered(visit);
      page.getByRole(AriaRole.LINK, named("Reserved names")).click();
      assertThat(page.locator("main")).containsText("Nothing is reserved so far.");
      visit.assertFit("desk reserved none");

      fill(page, "spring-*", "<b>ours</b>");
      assertThat(page.locator("h1")).hasText("Reserve spring-*");
      assertThat(page.locator(".note"))
          .hasText("1 project of another index that is in use here would no longer be served.");
      assertThat(page.locator("tbody th")).hasText("spring-water");
      visit.assertFit("desk reserve shadows");
      assertThat(house.ask("/simple/spring-water/", "*/*").body()).contains("spring_water-1.0");
      button(page, "Reserve all the same").click();

      assertThat(page.locator(".reservations code")).hasText("spring-*");
      assertThat(page.locator(".reservations p")).hasText("<b>ours</b>");
      assertThat(house.ask("/simple/spring-water/", "*/*").body()).doesNotContain("spring_water");
      fill(page, "acme-*", "names of our own, of which no other index is to hear");
      assertThat(page.locator(".state.well")).isVisible();
      visit.assertFit("desk reserve nothing");
      button(page, "Reserve").click();
      visit.assertFit("desk reserved");

      button(page, "Take back: spring-*").click();
      assertThat(page.locator("h1")).hasText("Take back spring-*");
      visit.assertFit("desk unreserve");
      button(page, "Take back").click();

      assertThat(page.locator(".reservations code")).hasText("acme-*");
      assertThat(house.ask("/simple/spring-water/", "*/*").body()).contains("spring_water-1.0");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void what_was_mistyped_is_told_and_kept_and_a_phone_shows_all_of_it(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.PHONE)) {
      Page page = entered(visit);
      visit.assertFit("phone admin");
      visit.open("/admin/reserved");
      fill(page, "no name!", "why");
      assertThat(page.locator("#refused")).isVisible();
      assertThat(page.locator("#pattern")).hasValue("no name!");
      assertThat(page.locator("#reason")).hasValue("why");
      picture(visit, "phone reserved refused");
      fill(page, "bucket*", "x".repeat(300));
      visit.assertFit("phone reserve shadows");
      page.locator(".decide button").click();
      visit.assertFit("phone reserved");
      page.locator(".reservations button").last().click();
      visit.assertFit("phone unreserve");
      page.locator(".decide button").click();

      assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
    }
  }

  @Test
  void it_works_without_script(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK, false)) {
      String link = house.adminLink();
      visit.open("/admin/enter");
      Page page = visit.page();
      page.locator("#code").fill(link.substring(link.indexOf('#') + 1));
      page.locator("#enter").click();
      visit.open("/admin/reserved");
      fill(page, "quiet", "");
      button(page, "Reserve").click();
      button(page, "Take back: quiet").click();
      page.getByText("Leave it as it is").click();
      assertThat(page.locator(".reservations")).containsText("quiet");
      button(page, "Take back: quiet").click();
      button(page, "Take back").click();

      assertThat(page.locator(".reservations code").filter(has("quiet"))).hasCount(0);
    }
  }

  private Page entered(Visit visit) {
    visit.page().setDefaultTimeout(10_000);
    visit.page().navigate(house.adminLink());
    visit.page().locator("#enter").click();
    return visit.page();
  }

  private static void fill(Page page, String pattern, String reason) {
    page.locator("#pattern").fill(pattern);
    page.locator("#reason").fill(reason);
    page.locator(".narrow form button").click();
  }

  /// A refusal is an error to the browser, which writes so on its console.
  private static void picture(Visit visit, String what) {
    assertThat(visit.troubles()).allMatch(line -> line.contains("status of 400"));
    visit.troubles().clear();
    visit.assertFit(what);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions has(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
