package dev.wellhead.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.http.HttpServer;
import dev.wellhead.server.http.HttpSettings;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.Reservations;
import dev.wellhead.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The pages of a firewall, over one whose every text is an attacker's.
@ExtendWith(Chromium.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FirewallPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final List<String> PATHS =
      List.of("/b/held", "/b/hostile", "/firewall", "/holds", "/policy", "/feeds");

  private final ManualClock clock = new ManualClock(NOW);
  private final FakeFirewall firewall = new FakeFirewall(NOW);
  private final AdminSessions sessions = new AdminSessions(clock, new Random(7));
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private Database database;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    database =
        Database.open(
            new DatabaseSettings.Sqlite(folder.resolve("house.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"));
    StaticFiles files = new StaticFiles();
    Pages pages = new Pages(files, new Ways("0.1", () -> 3, () -> 3, () -> true));
    AtomicReference<@Nullable URI> url = new AtomicReference<>();
    AdminDoor admin =
        new AdminDoor(sessions, () -> known(url), pages, new Reservations(database, clock));
    Router.Builder routes =
        Router.builder().problems(pages).route("GET", "/static/{name}", files::answer);
    Router router =
        new FirewallPages(firewall, admin, pages, clock).routes(admin.routes(routes)).build();
    server =
        HttpServer.start(
            HttpSettings.plain("127.0.0.1", 0),
            router,
            new SimpleMeterRegistry(),
            System::nanoTime,
            new Random(7));
    url.set(server.url());
  }

  @AfterAll
  void close() {
    server.close();
    client.close();
    database.close();
  }

  @Test
  void every_page_fits_at_a_desk_and_on_a_phone_by_night_in_chinese(Chromium chromium) {
    for (Chromium.Screen screen : List.of(Chromium.Screen.DESK, Chromium.Screen.PHONE)) {
      try (Visit visit = chromium.visit(server.url(), screen)) {
        for (String path : PATHS) {
          assertThat(visit.open(path)).as(path).isEqualTo(200);
          if (path.equals("/firewall")) {
            assertThat(visit.page().locator(".chart canvas")).isVisible();
          }
          visit.assertFit(screen + " " + path);
        }
        assertThat(visit.page().locator("a[href*='evil']")).hasCount(0);
      }
    }
  }

  @Test
  void the_reason_says_what_why_until_when_and_what_to_type_now(Chromium chromium) {
    try (Visit visit = chromium.visit(server.url(), Chromium.Screen.DESK, false)) {
      visit.open("/b/held");
      Page page = visit.page();
      assertThat(page.locator("h1")).hasText("six-1.17.0-py2.py3-none-any.whl");
      assertThat(page.locator(".state"))
          .hasText(
              "It is held until 2026-11-27 12:00 UTC, and served from then on unless something is"
                  + " found.");
      assertThat(page.locator(".findings > li").first())
          .containsText("uploaded 2026-11-24T11:00:00Z, younger than 72 hours");
      assertThat(page.locator(".findings > li").last()).containsText("only observed");
      assertThat(page.locator("aside pre").first()).hasText("pip install six==1.16.0");

      visit.open("/b/hostile");
      assertThat(page.locator("aside pre")).hasCount(0);
      assertThat(page.locator(".findings")).containsText(FakeFirewall.HOSTILE);
      assertThat(visit.open("/b/nothing")).isEqualTo(404);
      assertThat(visit.open("/b/" + "x".repeat(65))).isEqualTo(404);
    }
  }

  @Test
  void only_an_administrator_decides_with_a_reason_from_a_page_of_ours(Chromium chromium)
      throws Exception {
    assertThat(post("h-1", "choice=block&reason=x", server.url().toString())).isEqualTo(403);
    try (Visit visit = chromium.visit(server.url(), Chromium.Screen.DESK, false)) {
      visit.open("/holds");
      Page page = visit.page();
      assertThat(page.locator("form.decision")).hasCount(0);
      visit.open("/admin/enter");
      page.locator("#code").fill(sessions.invite().secret());
      page.locator("#enter").click();
      visit.open("/holds");
      page.locator("#reason-h-1").fill("we looked at it; it is fine & well");
      page.locator("#hold-h-1")
          .getByRole(
              AriaRole.BUTTON,
              new com.microsoft.playwright.Locator.GetByRoleOptions()
                  .setName("Release fastapi 0.120.0"))
          .click();
      assertThat(page.locator("h1")).containsText("Held");
      assertThat(firewall.decisions())
          .containsExactly(
              "h-1 RELEASE we looked at it; it is fine & well administrator, from 127.0.0.1");
      visit.picture("desk /holds administrator");

      page.locator("#reason-h-2").fill("too late");
      page.locator("#hold-h-2 button").last().click();
      assertThat(page.locator(".problem")).containsText("Somebody else decided it already.");
      String cookie =
          page.context().cookies().stream()
              .map(each -> each.name + "=" + each.value)
              .findFirst()
              .orElseThrow();
      assertThat(post("h-1", "choice=block&reason=+", server.url().toString(), cookie))
          .isEqualTo(400);
      assertThat(
              post(
                  "h-1",
                  "choice=block&reason="
                      + URLEncoder.encode("x".repeat(501), StandardCharsets.UTF_8),
                  server.url().toString(),
                  cookie))
          .isEqualTo(400);
      assertThat(post("h-1", "choice=burn&reason=x", server.url().toString(), cookie))
          .isEqualTo(400);
      assertThat(post("h-1", "choice=block&reason=x", "https://evil.example", cookie))
          .isEqualTo(403);
      assertThat(firewall.decisions()).hasSize(1);
    }
  }

  private int post(String hold, String body, String origin, String... cookies)
      throws IOException, InterruptedException {
    String from = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.url().resolve("/holds/" + hold))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", from)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (String cookie : cookies) {
      request.header("Cookie", cookie);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static URI known(AtomicReference<@Nullable URI> url) {
    URI known = url.get();
    if (known == null) {
      throw new IllegalStateException("the server listens first");
    }
    return known;
  }
}
