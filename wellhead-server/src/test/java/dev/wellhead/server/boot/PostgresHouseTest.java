package dev.wellhead.server.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The whole house on the other database, chosen by settings alone.
@ExtendWith(PostgresServer.class)
final class PostgresHouseTest {
  private static final String WHEEL = "six-1.17.0-py3-none-any.whl";

  @TempDir private Path data = Path.of("");

  @Test
  void a_wheel_comes_through_a_house_on_postgresql_and_is_remembered_after_a_restart(
      DatabaseSettings.Postgres database) throws Exception {
    byte[] wheel = MadeFile.wheel(WHEEL);
    TestHouse.Choices choices = choices(database);
    try (FakeIndex upstream = FakeIndex.start();
        HttpClient client = HttpClient.newHttpClient()) {
      upstream.file(WHEEL, wheel);
      String path = "files" + upstream.filePath(WHEEL);

      try (TestHouse house = TestHouse.open(data, upstream, choices)) {
        assertThat(body(client, house, "simple/six/")).contains(WHEEL.getBytes(UTF_8));
        assertThat(body(client, house, path)).isEqualTo(wheel);
      }
      upstream.forget();
      try (TestHouse house = TestHouse.open(data, upstream, choices)) {
        assertThat(body(client, house, path)).isEqualTo(wheel);
        assertThat(new String(body(client, house, "status.json"), UTF_8))
            .containsPattern("\"fetches\":[12],");
        assertThat(upstream.requests()).isEmpty();
      }
    }
  }

  @Test
  void reserved_names_searches_views_and_evictions_do_as_well(DatabaseSettings.Postgres database)
      throws Exception {
    try (FakeIndex upstream = FakeIndex.start();
        HttpClient client = HttpClient.newHttpClient();
        TestHouse house = TestHouse.open(data, upstream, choices(database))) {
      upstream.file(WHEEL, MadeFile.wheel(WHEEL));
      body(client, house, "files" + upstream.filePath(WHEEL));
      String metadata = "files" + upstream.filePath(WHEEL) + ".metadata";
      assertThat(body(client, house, metadata)).contains("Name: six".getBytes(UTF_8));
      body(client, house, "simple/six/");

      assertThat(text(client, house, "search.json?q=si")).contains("\"six\"");
      assertThat(text(client, house, "projects/six")).contains("1.17.0");
      assertThat(text(client, house, "default@2024-03-01/simple/six/")).contains(WHEEL);
      assertThat(verb("evict", "--budget", "1B", "--dry-run").out())
          .contains("Would remove 0 files of 0 bytes"); // all of it is young
      assertThat(verb("reserve", "si*", "--yes").out()).contains("would shadow 1 projects");
      assertThat(verb("reserved").out()).contains("si* since ");
      assertThat(text(client, house, "simple/six/")).doesNotContain(WHEEL);
      assertThat(verb("unreserve", "si*").exitCode()).isZero();
      assertThat(verb("fsck").out()).contains("all is well.");
    }
  }

  private TestHouse.Said verb(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return TestHouse.verb(line.toArray(new String[0]));
  }

  private static TestHouse.Choices choices(DatabaseSettings.Postgres database) {
    return TestHouse.Choices.usual()
        .with(
            Map.of(
                "storage.database",
                "postgres",
                "storage.postgres.url",
                database.url(),
                "storage.postgres.user",
                database.user(),
                "storage.postgres.password",
                "any")); // the server lets this role in without
  }

  private static String text(HttpClient client, TestHouse house, String path) throws Exception {
    return new String(body(client, house, path), UTF_8);
  }

  private static byte[] body(HttpClient client, TestHouse house, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(house.url().resolve("/" + path)).build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }
}
