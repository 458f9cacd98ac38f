package dev.wellhead.server.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The way from the terminal of the server's machine to the administrator's pages.
final class AdminLinkTest {
  @TempDir private Path data = Path.of("");
  private final FakeIndex upstream = FakeIndex.start();
  private final HttpClient browser = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    browser.close();
    upstream.close();
  }

  @Test
  void a_link_opens_the_administrators_page_once_and_is_in_no_log() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("dev.wellhead");
    Level before = ours.getLevel();
    try (TestHouse house =
        TestHouse.open(data, upstream, Choices.usual().with(Map.of("server.access_log", "true")))) {
      URI link = link(); // a verb sets up logging anew
      ours.setLevel(Level.DEBUG);
      log.start();
      root.addAppender(log);
      String code = link.getFragment();
      URI enter = URI.create(link.toString().replaceFirst("#.*", ""));
      assertThat(enter).isEqualTo(house.url().resolve("admin/enter"));
      assertThat(get(enter, "").body()).contains("<form method=\"post\">");

      HttpResponse<String> entered = post(enter, "", "code=" + code, house);
      String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
      String pair = cookie.substring(0, cookie.indexOf(';'));
      HttpResponse<String> page = get(house.url().resolve("admin"), "a=b; " + pair);

      assertThat(entered.statusCode()).isEqualTo(303);
      assertThat(entered.headers().firstValue("Location")).contains("/admin");
      assertThat(cookie)
          .matches("wellhead-admin=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("by a one-time link").doesNotContain(code);
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'");

      HttpResponse<String> again = post(enter, "", "code=" + code, house);
      assertThat(again.statusCode()).isEqualTo(403);
      assertThat(again.body()).contains("This code is wrong, was used before");
      assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();

      URI leave = house.url().resolve("admin/leave");
      HttpResponse<String> left = post(leave, pair, "", house);
      assertThat(left.statusCode()).isEqualTo(303);
      assertThat(left.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
      assertThat(get(house.url().resolve("admin"), pair).statusCode()).isEqualTo(303);

      assertThat(log.list).extracting(ILoggingEvent::getLoggerName).contains("access");
      assertThat(log.list)
          .extracting(event -> event + " " + event.getMDCPropertyMap())
          .noneMatch(line -> line.contains(code) || line.contains(pair.substring(15)));
    } finally {
      root.detachAppender(log);
      ours.setLevel(before);
    }
  }

  @Test
  void nobody_is_let_in_for_coming_from_loopback_nor_from_a_foreign_page() throws Exception {
    try (TestHouse house = TestHouse.open(data, upstream, Choices.usual())) {
      URI admin = house.url().resolve("admin");
      URI enter = house.url().resolve("admin/enter");
      String code = link().getFragment();

      HttpResponse<String> stranger = get(admin, "wellhead-admin=" + code);
      HttpResponse<String> foreign =
          browser.send(
              form(enter, "", "code=" + code).header("Origin", "https://evil.example").build(),
              BodyHandlers.ofString());
      HttpResponse<String> unsaid =
          browser.send(form(enter, "", "code=" + code).build(), BodyHandlers.ofString());
      HttpResponse<String> leaving = post(house.url().resolve("admin/leave"), "", "", house);

      assertThat(stranger.statusCode()).isEqualTo(303);
      assertThat(stranger.headers().firstValue("Location")).contains("/admin/enter");
      assertThat(foreign.statusCode()).isEqualTo(403);
      assertThat(unsaid.statusCode()).isEqualTo(403);
      assertThat(leaving.statusCode()).isEqualTo(403);
      assertThat(post(enter, "", "code=" + code, house).statusCode()).isEqualTo(303); // unspoiled
    }
  }

  @Test
  void behind_https_the_cookie_is_for_https_and_this_host_alone() throws Exception {
    Map<String, String> settings = Map.of("server.public_url", "https://pypi.example.com/python");
    try (TestHouse house = TestHouse.open(data, upstream, Choices.usual().with(settings))) {
      URI link = link();

      HttpResponse<String> entered =
          browser.send(
              form(house.url().resolve("admin/enter"), "", "code=" + link.getFragment())
                  .header("Origin", "https://pypi.example.com")
                  .build(),
              BodyHandlers.ofString());

      assertThat(link.toString()).startsWith("https://pypi.example.com/python/admin/enter#");
      assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow())
          .matches(
              "__Host-wellhead-admin=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure");
      assertThat(entered.headers().firstValue("Location")).contains("/python/admin");
    }
  }

  @Test
  void without_a_server_there_is_no_link() throws Exception {
    TestHouse.open(data, upstream, Choices.usual()).close();

    assertThat(TestHouse.verb("admin", "link", "--data", data.toString()))
        .isEqualTo(
            new Said(
                1,
                "",
                "No server runs on the data folder "
                    + data
                    + ": start it, and call this again. A link is good for the server that made it.\n"));
  }

  private URI link() {
    Said said = TestHouse.verb("admin", "link", "--data", data.toString());
    assertThat(said.exitCode()).isZero();
    assertThat(said.err()).startsWith("Good once, until ");
    return URI.create(said.out().strip());
  }

  private HttpResponse<String> get(URI url, String cookie)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    return browser.send(
        cookie.isEmpty() ? request.build() : request.header("Cookie", cookie).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(URI url, String cookie, String form, TestHouse house)
      throws IOException, InterruptedException {
    String origin = house.url().toString().replaceFirst("/$", "");
    return browser.send(
        form(url, cookie, form).header("Origin", origin).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder form(URI url, String cookie, String form) {
    List<String> pair = List.of(form.split("=", 2));
    String body =
        pair.size() == 2 ? pair.getFirst() + "=" + URLEncoder.encode(pair.getLast(), UTF_8) : "";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }
}
