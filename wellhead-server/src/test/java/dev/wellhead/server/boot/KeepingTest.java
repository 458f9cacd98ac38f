package dev.wellhead.server.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.server.index.HostedFiles;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import dev.wellhead.testkit.ManualClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a running server removes by itself, and the verbs for it.
@Timeout(60)
final class KeepingTest {
  // Later than the files' times on the disk, which are the machine's.
  private static final Instant LATER = Instant.parse("2040-01-10T12:00:00Z");

  @TempDir private Path data = Path.of("");

  @Test
  void files_that_arrive_push_out_what_was_not_fetched_for_longest() throws Exception {
    ManualClock clock = new ManualClock(LATER);
    TestHouse.Choices choices =
        TestHouse.Choices.usual().at(clock).with(Map.of("cache.budget", "25kB"));
    try (FakeIndex upstream = FakeIndex.start();
        TestHouse house = TestHouse.open(data, upstream, choices);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String name : List.of("a", "b", "c")) {
        upstream.file(name + "-1.0.tar.gz", bytes(name));
        get(client, house, "simple/" + name + "/");
        get(client, house, "files" + upstream.filePath(name + "-1.0.tar.gz"));
        clock.advance(Duration.ofHours(1));
      }
      Blobs blobs = new Blobs(data.resolve("blobs"));
      Sha256 first = Sha256.of(upstream.sha256("a-1.0.tar.gz")).orElseThrow();

      Await.until("the budget is kept", () -> isGone(blobs, first));
      Await.until(
          "it is counted",
          () -> text(client, house, "metrics").contains("wellhead_cache_bytes 20000.0"));
      assertThat(text(client, house, "metrics"))
          .contains("wellhead_cache_evicted_files_total 1.0", "wellhead_cache_budget_bytes 25000");
      assertThat(text(client, house, "status.json"))
          .contains("\"cache-bytes\":20000,\"cache-budget-bytes\":25000");
      assertThat(verb("evict", "--dry-run", "--budget", "10kB").out())
          .contains("Would remove 2 files of 20000 bytes");
      upstream.forget();
      HttpResponse<byte[]> again = get(client, house, "files" + upstream.filePath("a-1.0.tar.gz"));
      assertThat(again.body()).isEqualTo(bytes("a"));
      assertThat(upstream.requests()).hasSize(1);
    }
  }

  @Test
  void without_a_budget_evict_says_how_to_give_one() throws Exception {
    try (FakeIndex upstream = FakeIndex.start()) {
      TestHouse.open(data, upstream, TestHouse.Choices.usual()).close();
    }

    assertThat(verb("evict").err()).contains("There is no budget: write budget = \"50GiB\"");
    assertThat(verb("prune").err()).contains("There is no retention rule");
  }

  @Test
  void development_builds_go_by_their_rule_and_earlier_days_still_tell_of_them() throws Exception {
    Files.createDirectories(data);
    Files.writeString(
        data.resolve("wellhead.toml"), "[retention.\"acme-*\"]\nkeep = 1\ndays = 30\n");
    ManualClock clock = new ManualClock(LATER);
    TestHouse.Choices choices =
        TestHouse.Choices.usual().at(clock).with(Map.of("config", data + "/wellhead.toml"));
    try (FakeIndex upstream = FakeIndex.start();
        HttpClient client = HttpClient.newHttpClient()) {
      hosts("acme_core-1.0.dev1.tar.gz", LATER);
      hosts("acme_core-1.0.dev2.tar.gz", LATER);
      hosts("acme_core-1.0.tar.gz", LATER);
      hosts("other-1.0.dev1.tar.gz", LATER);
      hosts("acme_core-1.1.dev1.tar.gz", LATER.plus(Duration.ofDays(1)));
      clock.advance(Duration.ofDays(32));
      String file;
      try (TestHouse house = TestHouse.open(data, upstream, choices)) {
        Await.until(
            "the first look is over",
            () -> {
              clock.advance(Duration.ofSeconds(1)); // what a page remembers counts for a moment
              return !text(client, house, "simple/acme-core/").contains("1.0.dev1.tar");
            });
        String page = text(client, house, "simple/acme-core/");
        assertThat(page).contains("acme_core-1.0.tar.gz", "acme_core-1.1.dev1.tar.gz");
        assertThat(page).doesNotContain("1.0.dev2");
        assertThat(text(client, house, "simple/other/")).contains("other-1.0.dev1");
        String before = text(client, house, "default@2040-01-11/simple/acme-core/");
        assertThat(before).contains("1.0.dev1.tar.gz", "1.0.dev2.tar.gz", "acme_core-1.0.tar.gz");
        file =
            before.replaceAll("(?s).*href=\"\\.\\./\\.\\./([^\"#]*1.0.dev1.tar.gz)[\"#].*", "$1");
        assertThat(text(client, house, "default@2040-03-01/simple/acme-core/"))
            .doesNotContain("1.0.dev1.tar.gz");
        HttpResponse<byte[]> gone = get(client, house, "default@2040-01-11/" + file);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(new String(gone.body(), UTF_8)).contains("was removed from this index");
        assertThat(text(client, house, "status"))
            .contains("acme_core-1.0.dev1.tar.gz", "retention of acme-*, keep 1, days 30");
      }
      assertThat(verb("fsck").out()).contains("all is well.");
      assertThat(verb("prune", "--dry-run").out()).contains("Would remove 0 files");
    }
  }

  private void hosts(String filename, Instant at) throws Exception {
    HostedFiles.add(data, filename, MadeFile.sdist(filename), at, new Yank.Not(), at);
  }

  private Said verb(String... words) {
    String[] line = Arrays.copyOf(words, words.length + 2);
    line[words.length] = "--data";
    line[words.length + 1] = data.toString();
    return TestHouse.verb(line);
  }

  private static boolean isGone(Blobs blobs, Sha256 sha256) {
    try {
      return blobs.find(sha256).isEmpty();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(HttpClient client, TestHouse house, String path) {
    try {
      return new String(get(client, house, path).body(), UTF_8);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<byte[]> get(HttpClient client, TestHouse house, String path)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(house.url().resolve("/" + path)).build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] bytes(String name) {
    byte[] bytes = new byte[10_000];
    Arrays.fill(bytes, (byte) name.charAt(0));
    return bytes;
  }
}
