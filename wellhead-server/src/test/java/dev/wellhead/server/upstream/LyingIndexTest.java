package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each lie of an index ends in a refusal that says what and where, after one request.
class LyingIndexTest {
  private static final SizeLimits SMALL = new SizeLimits(4096, 4096, 4096, 4096, 4);

  private FakeIndex index;
  private Room room;

  @BeforeEach
  void start() throws Exception {
    index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
    room = new Room(Room.settings(index).with(SMALL));
  }

  @AfterEach
  void stop() {
    room.close();
    index.close();
  }

  @Test
  void malformed_json() {
    assertRefused(Trouble.malformedJson(), index.url() + "six/", "cannot be used");
  }

  @Test
  void a_sign_in_page_in_place_of_the_index() {
    assertRefused(
        Trouble.html(),
        index.url() + "six/",
        "cannot be used",
        "no page of a Simple API",
        "A sign-in page looks so.");
  }

  @Test
  void json_of_another_content_type() {
    assertRefused(new Trouble.ContentType("application/json"), "\"application/json\"");
  }

  @Test
  void an_endless_page() throws Exception {
    Trouble endless = new Trouble.Endless();
    try (FakeIndex poor = FakeIndex.start(Feature.POOR).file(Wheels.SIX, Wheels.six());
        Room other = new Room(Room.settings(poor).with(SMALL))) {
      poor.trouble("/simple/six/", endless);
      assertThat(other.six())
          .isEqualTo(
              new PageAnswer.Refused(
                  poor.url() + "six/ is longer than 4096 bytes (a setting of `upstream.limits`)."));
    }
  }

  @Test
  void a_page_that_swells_when_unpacked() {
    assertRefused(new Trouble.Bomb(1_000_000), "unpacked, is longer than 4096 bytes");
  }

  @Test
  void a_huge_page() {
    assertRefused(Trouble.hugePage(100_000), "is longer than 4096 bytes");
  }

  @Test
  void a_page_that_is_not_what_its_encoding_says() {
    assertRefused(new Trouble.Corrupt(0), "cannot be unpacked as the encoding \"gzip\"");
  }

  @Test
  void the_page_of_another_project() {
    assertRefused(edit("\"name\":\"six\"", "\"name\":\"seven\""), "another project, \"seven\"");
  }

  @Test
  void a_file_on_another_host_and_the_option_that_allows_it() {
    assertRefused(
        edit(index.filesUrl().toString(), "https://files.other.test/"),
        index.url() + "six/",
        Wheels.SIX,
        "https://files.other.test, which is not a configured host",
        "`--upstream-files https://files.other.test/`",
        "`upstream.files`");
  }

  @Test
  void a_file_on_another_port_of_a_configured_host() {
    assertRefused(edit(index.filesUrl().getPort() + "/", "1/"), "not a configured host");
  }

  @Test
  void a_file_url_that_climbs() {
    assertRefused(edit("/packages/", "/packages/../"), "climbs");
    assertRefused(edit("/packages/", "/packages/%2e%2e/"), "climbs");
    assertRefused(edit("/packages/", "/packages/%2f/"), "climbs");
    assertRefused(edit("/packages/", "/packages//"), "climbs");
    assertRefused(edit("/packages/", "/packages/%00/"), "climbs");
  }

  @Test
  void a_file_url_of_another_file() {
    assertRefused(edit("/six-1.0-py3-none-any.whl\"", "/evil.whl\""), "another name: \"evil.whl\"");
  }

  @Test
  void a_file_url_with_a_user_or_a_query() {
    assertRefused(edit(".whl\",\"hashes", ".whl?token=secret\",\"hashes"), "a user or a query");
    assertRefused(
        edit("http://127.0.0.1:" + index.filesUrl().getPort(), "http://me@127.0.0.1"),
        "a user or a query");
  }

  @Test
  void a_file_url_longer_than_a_database_takes() {
    assertRefused(edit("/packages/", "/packages/" + "x".repeat(1_200) + "/"), "longer than 1200");
  }

  @Test
  void a_file_url_of_another_scheme() {
    assertRefused(edit("\"url\":\"http:", "\"url\":\"ftp:"), "not http(s)://host/path");
    assertRefused(edit("\"url\":\"http://", "\"url\":\"http:"), "not http(s)://host/path");
  }

  @Test
  void a_file_name_that_is_a_path() {
    assertRefused(edit("\"filename\":\"six", "\"filename\":\"../six"), "path separator");
  }

  @Test
  void a_provenance_elsewhere_is_left_out_and_the_page_is_good() {
    index.trouble(
        "/simple/six/",
        edit(index.url().resolve("/integrity").toString(), "https://pypi.org/integrity"));
    assertThat(PageTest.fresh(room, null).page().files().getFirst().provenance()).isNull();
  }

  @Test
  void a_redirect_to_another_host() {
    assertRefused(
        new Trouble.Redirect("https://evil.test/simple/six/?token=secret"),
        "redirects to https://evil.test, which is not a configured host",
        "`--upstream-files https://evil.test/`");
  }

  @Test
  void a_redirect_to_nowhere() {
    assertRefused(new Trouble.Redirect("http://[/"), "no URL");
    assertRefused(new Trouble.Redirect("file:///etc/passwd"), "no URL");
    assertRefused(new Trouble.Redirect(""), "no URL");
  }

  @Test
  void a_redirect_loop() {
    index.trouble("/simple/six/", new Trouble.Redirect("/simple/six/"));
    assertThat(room.six())
        .isEqualTo(new PageAnswer.Refused(index.url() + "six/ redirects more than 5 times."));
    assertThat(index.count("/simple/six/")).isEqualTo(6);
  }

  @Test
  void wrong_credentials() {
    assertRefused(Trouble.status(401), "answered 401", "`upstream.credentials.username`");
    assertRefused(Trouble.status(403), "answered 403", "`upstream.credentials.username`");
  }

  @Test
  void a_status_that_says_nothing() {
    assertRefused(Trouble.status(204), "unexpected status 204");
    assertRefused(Trouble.status(304), "unexpected status 304");
    assertRefused(Trouble.status(418), "unexpected status 418");
  }

  private static Trouble edit(String from, String to) {
    UnaryOperator<String> edit =
        page -> {
          String other = page.replace(from, to);
          assertThat(other).isNotEqualTo(page);
          return other;
        };
    return new Trouble.Edited(edit);
  }

  private void assertRefused(Trouble trouble, String... words) {
    index.heal();
    index.trouble("/simple/six/", trouble);
    assertRefused(words);
  }

  private void assertRefused(String... words) {
    index.forget();
    PageAnswer answer = room.six();
    assertThat(answer).isInstanceOf(PageAnswer.Refused.class);
    assertThat(((PageAnswer.Refused) answer).why()).contains(words).doesNotContain("secret");
    assertThat(index.requests()).hasSize(1);
    assertThat(room.pauses).isEmpty();
    assertThat(room.upstream.health().hosts().getFirst().circuit())
        .isEqualTo(Health.Circuit.CLOSED);
  }
}
