package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.policy.PolicyRead;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.firewall.BlockPattern;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the firewall says, as whoever asks for pages and files gets to hear it.
@Timeout(60)
final class FirewallTest {
  private static final String OLD = "six-1.0-py3-none-any.whl";
  private static final String NEW = "six-1.1-py3-none-any.whl";
  private static final String COOLDOWN =
      """
      version = 1
      [rules.cooldown]
      age = "72h"
      """;

  @TempDir private Path folder;
  private final FakeIndex upstream = FakeIndex.start();
  private Standalone house;

  @BeforeEach
  void open() throws Exception {
    upstream.file(OLD, MadeFile.wheel(OLD), Standalone.START.minus(Duration.ofDays(400)));
    upstream.file(NEW, MadeFile.wheel(NEW), Standalone.START.minus(Duration.ofHours(5)));
    house = new Standalone(folder, upstream);
  }

  @AfterEach
  void stop() throws Exception {
    house.close();
    upstream.close();
  }

  @Test
  void a_young_file_is_held_and_goes_free_by_itself_when_its_time_is_over() throws Exception {
    load(COOLDOWN);
    adopt(); // there is a record of what was in use, so that nothing has to be learned first
    String path = Standalone.path(upstream, NEW);

    assertThat(yanked("six", NEW)).startsWith("Wellhead: held until 2026-01-13T07:00Z: ");
    assertThat(yanked("six", OLD)).isEmpty();
    HttpResponse<byte[]> held = house.get(path);
    assertThat(held.statusCode()).isEqualTo(403);
    assertThat(held.headers().firstValue("Retry-After")).contains("241201");
    JsonNode problem = JsonMapper.shared().readTree(held.body());
    assertThat(problem.path("verdict").asString()).isEqualTo("hold");
    assertThat(problem.path("until").asString()).isEqualTo("2026-01-13T07:00:00Z");
    assertThat(problem.path("findings").get(0).path("rule").asString()).isEqualTo("cooldown");

    house.clock.set(Instant.parse("2026-01-13T06:59:59Z"));
    assertThat(house.get(path).statusCode()).isEqualTo(403);
    house.clock.set(Instant.parse("2026-01-13T07:00:00Z"));
    assertThat(house.get(path).statusCode()).isEqualTo(200);
    assertThat(yanked("six", NEW)).isEmpty();

    house.clock.set(Standalone.START); // set back
    assertThat(house.get(path).statusCode()).isEqualTo(403);
    assertThat(yanked("six", NEW)).startsWith("Wellhead: held until ");
  }

  @Test
  void a_house_without_any_record_warns_for_a_fortnight_first() throws Exception {
    load(COOLDOWN);

    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(200);
    house.clock.advance(Duration.ofDays(14));
    String late = "six-1.2-py3-none-any.whl";
    upstream.file(late, MadeFile.wheel(late), house.clock.instant().minusSeconds(60));
    assertThat(house.get(Standalone.path(upstream, late)).statusCode()).isEqualTo(403);
  }

  @Test
  void what_was_fetched_before_the_first_policy_is_in_use_and_nothing_later_is() throws Exception {
    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(200);
    house.fetches.flush();
    house.clock.advance(Duration.ofSeconds(1));
    String later = "six-1.2-py3-none-any.whl";
    upstream.file(later, MadeFile.wheel(later), house.clock.instant());
    load(COOLDOWN.replace("age", "mode = \"observe\"\nage"));
    house.clock.advance(Standalone.FRESH);

    assertThat(house.get(Standalone.path(upstream, later)).statusCode()).isEqualTo(200);
    house.fetches.flush();
    load(COOLDOWN);

    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(200);
    assertThat(house.get(Standalone.path(upstream, later)).statusCode()).isEqualTo(403);
  }

  @Test
  void a_block_by_hand_holds_at_once_also_for_what_was_just_sent() throws Exception {
    String path = Standalone.path(upstream, OLD);
    for (int i = 0; i < 3; i++) {
      assertThat(house.get(path).statusCode()).isEqualTo(200);
      assertThat(yanked("six", OLD)).isEmpty();
    }

    house.firewall.hand().block(pattern("six==1.0"), "leaks | tokens", "me");

    HttpResponse<byte[]> refused = house.get(path);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(text(refused)).contains("leaks | tokens");
    String etag = '"' + upstream.sha256(OLD) + '"';
    assertThat(house.get(path, "If-None-Match", etag).statusCode()).isEqualTo(403);
    assertThat(yanked("six", OLD)).contains("leaks | tokens");
    assertThat(yanked("six", NEW)).isEmpty();

    assertThat(house.firewall.hand().unblock(pattern("six==1.0"), "a mistake", "me")).isTrue();
    assertThat(house.get(path).statusCode()).isEqualTo(200);
    assertThat(yanked("six", OLD)).isEmpty();
  }

  @Test
  void a_project_that_is_blocked_as_a_whole_is_quarantined_and_offers_nothing() throws Exception {
    house.firewall.hand().block(pattern("Six"), "stolen account", "me");

    JsonNode page = JsonMapper.shared().readTree(house.json("six"));

    assertThat(page.path("files")).isEmpty();
    assertThat(page.path("project-status").path("status").asString()).isEqualTo("quarantined");
    assertThat(page.path("project-status").path("reason").asString()).contains("stolen account");
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(403);
  }

  @Test
  void what_the_upstream_took_down_is_told_and_not_served() throws Exception {
    load("version = 1\n[rules.upstream-removal]\n");
    String path = Standalone.path(upstream, NEW);
    assertThat(house.get(path).statusCode()).isEqualTo(200);

    upstream.remove(NEW);
    house.clock.advance(Standalone.FRESH);

    assertThat(yanked("six", NEW)).startsWith("Wellhead: blocked: ");
    assertThat(house.get(path).statusCode()).isEqualTo(403);
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void other_bytes_under_an_old_name_are_blocked() throws Exception {
    load("version = 1\n[rules.changed-hash]\n");
    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(200);

    upstream.file(NEW, MadeFile.wheel(NEW, "Summary: other"), Standalone.START);
    house.clock.advance(Standalone.FRESH);

    assertThat(yanked("six", NEW)).startsWith("Wellhead: blocked: ");
    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(403);
  }

  @Test
  void a_licence_is_read_in_the_file_before_a_byte_of_it_leaves() throws Exception {
    String bad = "bad-1.0-py3-none-any.whl";
    upstream.file(bad, MadeFile.wheel(bad, "License-Expression: AGPL-3.0-only"));
    load("version = 1\n[rules.licence]\ndeny = [\"AGPL-*\"]\n");

    assertThat(yanked("bad", bad)).isEmpty(); // nobody has looked into it yet
    assertThat(house.get(Standalone.path(upstream, bad) + ".metadata").statusCode()).isEqualTo(451);
    assertThat(house.get(Standalone.path(upstream, bad)).statusCode()).isEqualTo(451);
    assertThat(yanked("bad", bad)).contains("AGPL-3.0-only");
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_policy_that_is_wrong_leaves_the_one_of_before_in_force_and_raises_an_alarm()
      throws Exception {
    load("version = 1\n[rules.no-six]\nwhen = \"project == 'six'\"\n");

    PolicyRead read = house.firewall.policies().load("version = 1\n[rules.colddown]\n", "typo");

    assertThat(read).isInstanceOf(PolicyRead.Bad.class);
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(403);
    Alarms alarms = new Alarms(house.database, house.clock);
    assertThat(alarms.open().all()).isEqualTo(1);
    load("version = 1\n");
    house.clock.advance(Duration.ofSeconds(2)); // open alarms are counted once a second
    assertThat(alarms.open().all()).isZero();
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_hold_that_somebody_lifts_is_served_and_a_block_is_not() throws Exception {
    load(
        "version = 1\n[rules.look-first]\nwhen = \"true\"\nprojects = [\"six\"]\nverdict = \"hold\"\n");
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(403);

    house
        .firewall
        .hand()
        .release(
            digest(OLD), dev.wellhead.core.pypi.ProjectName.of("six").orElseThrow(), "ok", "me");

    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(200);
    assertThat(house.get(Standalone.path(upstream, NEW)).statusCode()).isEqualTo(403);
    house.firewall.hand().block(pattern(digest(OLD).hex()), "after all", "me");
    assertThat(house.get(Standalone.path(upstream, OLD)).statusCode()).isEqualTo(403);
  }

  @Test
  void the_reason_phrase_is_short_plain_and_ends_in_the_address_of_the_whole_story()
      throws Exception {
    house.firewall.hand().block(pattern("six==1.0"), "ä\r\nX: y " + "long ".repeat(60), "me");

    HttpResponse<byte[]> refused = house.get(Standalone.path(upstream, OLD));

    JsonNode problem = JsonMapper.shared().readTree(refused.body());
    assertThat(problem.path("type").asString())
        .matches("https://pypi\\.example\\.com/b/[0-9a-z]{10}");
    assertThat(refused.headers().map()).doesNotContainKey("x");
  }

  private void adopt() throws Exception {
    house.firewall.adopted().add(Set.of(digest(OLD)), "a lock file");
  }

  private Sha256 digest(String filename) {
    return Sha256.of(upstream.sha256(filename)).orElseThrow();
  }

  private void load(String policy) throws Exception {
    assertThat(house.firewall.policies().load(policy, "a test"))
        .isInstanceOf(PolicyRead.Good.class);
  }

  /// What stands on the page in the place of a yank's reason; empty where the file is fine.
  private String yanked(String project, String filename) throws Exception {
    JsonNode files = JsonMapper.shared().readTree(house.json(project)).path("files");
    for (JsonNode file : files) {
      if (file.path("filename").asString().equals(filename)) {
        return file.path("yanked").isString() ? file.path("yanked").asString() : "";
      }
    }
    return "is not listed: " + List.of(files);
  }

  private static BlockPattern pattern(String text) {
    return BlockPattern.of(text).orElseThrow();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
