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
    Map<String, String> settings =
        Map.of(
            "storage.database",
            "postgres",
            "storage.postgres.url",
            database.url(),
            "storage.postgres.user",
            database.user(),
            "storage.postgres.password",
            "any"); // the server lets this role in without
    TestHouse.Choices choices = TestHouse.Choices.usual().with(settings);
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

  private static byte[] body(HttpClient client, TestHouse house, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(house.url().resolve("/" + path)).build();
    return client.send(request, BodyHandlers.ofByteArray()).body();
  }
}
