package dev.wellhead.server.feeds;

import static dev.wellhead.server.feeds.Records.malware;
import static dev.wellhead.server.feeds.Records.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is answered to questions in OSV's form.
class OsvAnswersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String MAY = "2026-05-01T00:00:00Z";

  private final Path folder;
  private final Database database;
  private final Feeds feeds;

  OsvAnswersTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    database =
        Database.open(
            new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"));
    feeds =
        Feeds.open(
            new Feeds.Ground(database, new ManualClock(NOW), new FakeSource(), folder),
            List.of(),
            FeedListener.NONE);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_question_finds_what_is_in_force_on_the_version_and_whole_records() throws Exception {
    load(
        Map.of(
            "MAL-1", malware("MAL-1", "litellm", "1.82.8", MAY),
            "MAL-2", malware("MAL-2", "litellm", "1.82.7", MAY),
            "MAL-3", withdrawn("MAL-3", "litellm", "1.82.8", MAY)));
    assertThat(
            ids(
                answer(
                    "{\"package\":{\"name\":\"LiteLLM\",\"ecosystem\":\"PyPI\"},\"version\":\"1.82.8\"}")))
        .containsExactly("MAL-1");
    assertThat(ids(answer("{\"package\":{\"purl\":\"pkg:pypi/litellm@1.82.7\"}}")))
        .containsExactly("MAL-2");
    assertThat(ids(answer("{\"package\":{\"name\":\"litellm\",\"ecosystem\":\"PyPI\"}}")))
        .containsExactly("MAL-1", "MAL-2");
    assertThat(answers(OwnBlocks.NONE).record("MAL-3").orElseThrow().path("withdrawn").asString())
        .isEqualTo(MAY);
    assertThat(answer("{\"package\":{\"name\":\"litellm\",\"ecosystem\":\"npm\"}}")).isEmpty();
    assertThat(answer("{\"commit\":\"abc\"}")).isEmpty();
    assertThat(OsvQuery.read(json("{\"version\":\"1\"}"))).isEmpty();
    assertThat(OsvQuery.read(json("[]"))).isEmpty();
  }

  @Test
  void many_records_come_in_pages_that_have_each_of_them_once() throws Exception {
    Map<String, String> records = new TreeMap<>();
    for (int i = 0; i < 450; i++) {
      records.put("MAL-" + i, malware("MAL-" + i, "litellm", "1.0", MAY));
    }
    load(records);
    List<String> found = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ObjectNode page =
          answer("{\"package\":{\"purl\":\"pkg:pypi/litellm\"},\"page_token\":\"" + token + "\"}");
      found.addAll(ids(page));
      token = page.path("next_page_token").asString("");
      pages++;
    } while (!token.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(found).containsExactlyInAnyOrderElementsOf(records.keySet());
  }

  @Test
  void blocks_of_ours_are_records_that_are_found_by_their_id() throws Exception {
    OwnBlocks own =
        () ->
            List.of(
                new OwnBlocks.OwnBlock("evil-one", "", NOW),
                new OwnBlocks.OwnBlock("litellm==1.82.8", "poisoned", NOW),
                new OwnBlocks.OwnBlock("sha256:" + "ab".repeat(32), "a file", NOW));
    OsvAnswers answers = answers(own);
    assertThat(ids(answers.records(query("{\"package\":{\"purl\":\"pkg:pypi/evil-one@7\"}}"))))
        .containsExactly("MAL-WELLHEAD-evil-one");
    assertThat(ids(answers.ids(query("{\"package\":{\"purl\":\"pkg:pypi/litellm@1.82.8\"}}"))))
        .containsExactly("MAL-WELLHEAD-litellm_1.82.8");
    assertThat(answers.records(query("{\"package\":{\"purl\":\"pkg:pypi/litellm@1.82.7\"}}")))
        .isEmpty();
    assertThat(answers.record("MAL-WELLHEAD-litellm_1.82.8").orElseThrow().path("summary"))
        .isEqualTo(json("\"poisoned\""));
    assertThat(answers.record("MAL-WELLHEAD-litellm_9")).isEmpty();
  }

  private ObjectNode answer(String question) throws Exception {
    return answers(OwnBlocks.NONE).records(query(question));
  }

  private OsvAnswers answers(OwnBlocks own) {
    return new OsvAnswers(feeds, own);
  }

  private static OsvQuery query(String question) {
    return OsvQuery.read(json(question)).orElseThrow();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static List<String> ids(ObjectNode answer) {
    List<String> ids = new ArrayList<>();
    answer.path("vulns").forEach(record -> ids.add(record.path("id").asString()));
    return ids;
  }

  private void load(Map<String, String> records) throws Exception {
    Path source = Files.createDirectories(folder.resolve("osv"));
    for (Map.Entry<String, String> record : records.entrySet()) {
      Files.writeString(source.resolve(record.getKey() + ".json"), record.getValue());
    }
    feeds.load("osv", FeedKind.OSV, source.toString());
  }
}
