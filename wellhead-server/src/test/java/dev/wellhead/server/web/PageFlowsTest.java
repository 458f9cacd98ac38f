package dev.wellhead.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What people do with the pages.
@ExtendWith(Chromium.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PageFlowsTest {
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
  void a_newcomer_copies_the_line_for_their_tool_by_keyboard_alone(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/");
      Page page = visit.page();
      page.keyboard().press("Tab");
      assertThat(page.locator(".skip")).isFocused();
      page.keyboard().press("Enter");
      Locator uv = page.locator("details.tool", has(page, "uv"));
      uv.locator("summary").focus();
      page.keyboard().press("Enter");
      Locator line = uv.locator(".copy").first();
      assertThat(line.locator("code")).isVisible();
      line.getByRole(AriaRole.BUTTON).focus();
      page.keyboard().press("Enter");
      assertThat(line.getByRole(AriaRole.BUTTON)).hasText("Copied");

      assertThat((String) page.evaluate("() => navigator.clipboard.readText()"))
          .isEqualTo("export UV_DEFAULT_INDEX=" + house.url() + "simple/");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void without_script_everything_is_there_to_be_read(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK, false)) {
      visit.open("/");
      Page page = visit.page();

      assertThat(page.locator(".copier:visible")).hasCount(0);
      assertThat(page.locator("details.tool").first().locator("code"))
          .hasText("pip config set global.index-url " + house.url() + "simple/");
      page.getByText("The numbers").click();
      assertThat(page.locator(".traffic td").first()).isVisible();
    }
  }

  @Test
  void everybody_reads_alarms_and_the_administrator_acknowledges_one(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK, false)) {
      visit.open("/alarms");
      Page page = visit.page();
      Locator quiet = page.locator(".alarm", hasText(page, "Feed osv is quiet"));
      assertThat(page.locator(".alarm", hasText(page, "<script>alert(1)</script>"))).hasCount(1);
      assertThat(page.locator(".alarm form")).hasCount(0);
      int open = Integer.parseInt(page.locator("nav.ways .many").textContent());

      URI link = house.link();
      visit.open("/admin/enter");
      page.locator("#code").fill(link.getFragment());
      page.locator("#enter").click();
      visit.open("/alarms");
      quiet.getByRole(AriaRole.BUTTON).click();

      assertThat(quiet).containsText("by administrator, from 127.0.0.1");
      assertThat(quiet.locator("form")).hasCount(0);
      assertThat(page.locator("nav.ways .many")).hasText(String.valueOf(open - 1));
      visit.open("/alarms?standing=acknowledged");
      assertThat(page.locator(".alarm")).hasCount(1);
      visit.open("/alarms?standing=open&from=99999999");
      assertThat(page.locator(".alarm")).hasCount(open - 1);
    }
  }

  @Test
  void language_and_colours_stay_as_chosen(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/status");
      Page page = visit.page();
      page.getByText("中文").click();
      assertThat(page.locator("h1")).hasText("状态");
      page.getByText("深色").click();
      visit.open("/settings");

      assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      assertThat(page.locator("body")).hasCSS("background-color", "rgb(16, 22, 28)");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void what_goes_on_is_renewed_in_place_and_drawn(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/");
      Page page = visit.page();
      assertThat(page.locator(".chart canvas")).isVisible();
      page.evaluate("() => { document.getElementById('live-title').textContent = 'old'; }");
      page.evaluate("() => htmx.ajax('GET', '/live', { target: '#live', swap: 'outerHTML' })");

      assertThat(page.locator("#live-title")).hasText("Right now");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void from_the_project_to_what_is_new_in_a_file(Chromium chromium) {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      visit.open("/projects/Spring.Water");
      Page page = visit.page();
      page.getByRole(AriaRole.LINK, named("bucket 2.1rc1")).click();
      assertThat(page.locator("h1")).containsText("2.1rc1");
      page.locator("nav.trail a").click();
      assertThat(page.locator("h1")).hasText("bucket 2.0");
      assertThat(page.locator(".description h3")).hasText("Bucket");
      page.locator("#releases ~ .wide")
          .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("1.1").setExact(true))
          .click();
      assertThat(page.locator(".files .bad").first()).isVisible();
      visit.open("/projects/bucket");
      page.locator(".files .filename").first().click();

      assertThat(page.locator("#difference")).hasText("What is new since 1.1");
      assertThat(page.locator("#difference ~ .wide").first()).containsText("bucket.py");
      assertThat(page.locator("#contents ~ .wide")).containsText("bucket-2.0.dist-info/RECORD");
      assertThat(visit.troubles()).isEmpty();
    }
  }

  @Test
  void a_browser_gets_a_page_of_a_problem_and_a_client_its_document(Chromium chromium)
      throws Exception {
    try (Visit visit = chromium.visit(house.url(), Chromium.Screen.DESK)) {
      assertThat(visit.open("/files/nothing-here-1.0.whl")).isEqualTo(404);
      assertThat(visit.page().locator("h1")).hasText("Nothing here");
      assertThat(visit.page().locator(".problem code")).not().isEmpty();
      assertThat(visit.troubles()).isEmpty();
    }
    var client = house.ask("/simple/nothing-here/", "*/*");

    assertThat(client.statusCode()).isEqualTo(404);
    assertThat(client.headers().firstValue("content-type")).contains("application/problem+json");
  }

  @Test
  void static_files_last_for_ever_under_their_hash_and_no_page_is_kept() throws Exception {
    var home = house.ask("/", "text/html");
    String style = home.body().replaceAll("(?s).*(/static/wellhead.css\\?v=[0-9a-f]+).*", "$1");

    assertThat(house.ask(style, "*/*").headers().firstValue("cache-control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(house.ask("/static/wellhead.css?v=0", "*/*").headers().firstValue("cache-control"))
        .contains("no-cache");
    assertThat(house.ask("/static/..%2fmessages_en.properties", "*/*").statusCode()).isEqualTo(400);
    assertThat(house.ask("/static/messages_en.properties", "*/*").statusCode()).isEqualTo(404);
    assertThat(home.headers().firstValue("cache-control")).contains("no-store");
    assertThat(home.headers().firstValue("content-security-policy")).contains(Pages.POLICY);
    assertThat(home.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(home.body()).doesNotContain("style=", "onclick", "javascript:");
  }

  private static Page.LocatorOptions hasText(Page page, String text) {
    return new Page.LocatorOptions()
        .setHas(page.locator("h3", new Page.LocatorOptions().setHasText(text)));
  }

  private static Page.LocatorOptions has(Page page, String summary) {
    return new Page.LocatorOptions()
        .setHas(page.locator("summary", new Page.LocatorOptions().setHasText(summary)));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
