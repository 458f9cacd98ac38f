package dev.wellhead.server.web;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.notify.Alarm;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Severity;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A whole server with a few projects, some of which were installed from it.
final class SeededHouse implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("\"url\":\"([^\"]+)\"");

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final FakeIndex upstream;
  private final TestHouse house;
  private final Path data;
  private final HttpClient client = HttpClient.newHttpClient();

  private SeededHouse(FakeIndex upstream, TestHouse house, Path data) {
    this.upstream = upstream;
    this.house = house;
    this.data = data;
  }

  static SeededHouse open(Path data) throws IOException, InterruptedException {
    FakeIndex upstream = FakeIndex.start();
    for (String version : List.of("1.0", "1.1", "2.0", "2.1rc1")) {
      String bucket = "bucket-" + version + "-py3-none-any.whl";
      upstream.file(bucket, MadeFile.wheel(bucket, bucket(version)));
      upstream.file(
          "bucket-" + version + ".tar.gz", MadeFile.sdist("bucket-" + version + ".tar.gz"));
      String water = "spring_water-" + version + "-py3-none-any.whl";
      upstream.file(water, MadeFile.wheel(water, "Summary: Water, clear and cold."));
    }
    upstream.yank("bucket-1.1-py3-none-any.whl", "leaks <b>everywhere</b>");
    upstream.yank("bucket-1.1.tar.gz", "leaks");
    List<String> hostile = new ArrayList<>();
    hostile.add("Summary: <script>alert(1)</script>\"><img src=x onerror=alert(1)>");
    hostile.add("Author: " + "x".repeat(500));
    hostile.add("Project-URL: javascript, javascript:alert(1)");
    hostile.add(
        "Project-URL: \"><script>alert(1)</script>, https://evil.example/\"onmouseover=\"alert(1)");
    hostile.add("Requires-Dist: <script>alert(1)</script>");
    hostile.add("Description-Content-Type: text/markdown");
    hostile.add("");
    DescriptionTest.HOSTILE.stream()
        .filter(text -> text.length() < 1_000)
        .forEach(text -> hostile.add(text + "\n"));
    hostile.add("x".repeat(3_000));
    String name = "hostile-1.0-py3-none-any.whl";
    upstream.file(name, MadeFile.wheel(name, hostile.toArray(new String[0])));
    upstream.yank(name, "<script>alert(1)</script>" + "y".repeat(300));
    SeededHouse seeded =
        new SeededHouse(
            upstream,
            TestHouse.open(
                data,
                upstream,
                TestHouse.Choices.usual()
                    .with(
                        Map.of(
                            "alarms.webhook.chat.url",
                            "http://127.0.0.1:1/hook",
                            "alarms.webhook.chat.secret",
                            SECRET))),
            data);
    seeded.raise();
    seeded.install("bucket");
    seeded.install("spring-water");
    seeded.install("hostile");
    // They are written a moment later.
    Await.until("fetches are on record", seeded::hasFetches);
    return seeded;
  }

  /// The way in for an administrator, as somebody at the server's machine gets it.
  URI link() {
    TestHouse.Said said = TestHouse.verb("admin", "link", "--data", data.toString());
    return URI.create(said.out().strip());
  }

  /// Alarms as rooms raise them, one of them with what an attacker chose.
  private void raise() throws IOException {
    List<Alarm> alarms =
        List.of(
            new Alarm(
                "feed-quiet:osv",
                Severity.WARNING,
                "Feed osv is quiet",
                "Nothing came from osv for 25 hours: look whether its address still answers.",
                Alarm.ADMINISTRATOR),
            new Alarm(
                "one-source:hostile",
                Severity.CRITICAL,
                "<script>alert(1)</script>\"><img src=x onerror=alert(1)>",
                "x".repeat(400) + " https://evil.example/ javascript:alert(1)",
                "<b>nobody</b>"));
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"))) {
      Instant at = InstantSource.system().instant();
      database.<@Nullable Void>write(tx -> {
        alarms.forEach(alarm -> Alarms.raise(tx, alarm, at));
        return null;
      });
    } catch (DatabaseRefusedException | DatabaseFault e) {
      throw new IOException(e);
    }
  }

  URI url() {
    return house.url();
  }

  /// A one-time link to the administrator's pages.
  String adminLink() {
    return TestHouse.verb("admin", "link", "--data", data.toString()).out().strip();
  }

  HttpResponse<String> ask(String path, String accept) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(url().resolve(path)).header("Accept", accept).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private boolean hasFetches() {
    try {
      return !ask("status.json", "application/json").body().contains("\"fetches\":0");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    house.close();
    upstream.close();
    client.close();
  }

  /// Fetches every file of a project, and METADATA of its wheels.
  private void install(String project) throws IOException, InterruptedException {
    String path = "simple/" + project + "/";
    String page = ask(path, FakeIndex.JSON).body();
    for (String url : URL.matcher(page).results().map(found -> found.group(1)).toList()) {
      URI file = url().resolve(path).resolve(url);
      ask(file.getPath(), "*/*");
      if (file.getPath().endsWith(".whl")) {
        ask(file.getPath() + ".metadata", "*/*");
      }
    }
  }

  private static String[] bucket(String version) {
    return new String[] {
      "Summary: Carries water from the well to the house.",
      "License-Expression: MIT",
      "Author: Jack and Jill",
      "Requires-Python: >=3.9",
      "Project-URL: Source, https://example.com/bucket",
      "Requires-Dist: spring-water>=1.1",
      "Requires-Dist: rope; extra == \"deep\"",
      "Description-Content-Type: text/markdown",
      "",
      "# Bucket",
      "",
      "A bucket, version " + version + ". See [the well](https://example.com/).",
      "",
      "```python",
      "import bucket",
      "```",
    };
  }
}
