package dev.wellhead.server.index;

import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.fetches.Retention;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.firewall.NothingKnown;
import dev.wellhead.server.http.HttpServer;
import dev.wellhead.server.http.HttpSettings;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.upstream.AddressResolver;
import dev.wellhead.server.upstream.Persistence;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;

/// The reading door over a fake index, with a real database and real files; the clock stands still.
final class Standalone implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-10T12:00:00Z");
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration RETRY = Duration.ofSeconds(5);

  final ManualClock clock = new ManualClock(START);
  final Path folder;
  final Blobs blobs;
  final Catalog catalog;
  final Database database;
  final IndexDoor door;
  final Fetches fetches;
  final Firewall firewall;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  Standalone(Path folder, FakeIndex index) throws Exception {
    this(
        folder,
        index,
        Map.of(),
        List.of(new ViewSummary("default", List.of("hosted", "upstream"), Map.of(), null)));
  }

  Standalone(Path folder, FakeIndex index, Map<String, FakeIndex> others, List<ViewSummary> views)
      throws Exception {
    this.folder = folder;
    this.blobs = new Blobs(folder.resolve("blobs"));
    this.database =
        keep(
            Database.open(
                new DatabaseSettings.Sqlite(folder.resolve("house.db"), Durability.NORMAL),
                new Migrations("db/house", "house_history")));
    this.catalog = new Catalog(database);
    this.fetches =
        keep(
            Fetches.open(
                new DatabaseSettings.Sqlite(folder.resolve("fetches.db"), Durability.NORMAL),
                new Retention(3, 0),
                clock));
    this.firewall = Firewall.open(database, fetches, new NothingKnown(), clock);
    List<IndexDoor.OtherIndex> sources = new ArrayList<>();
    sources.add(asked("upstream", index));
    for (Map.Entry<String, FakeIndex> other : others.entrySet()) {
      sources.add(asked(other.getKey(), other.getValue()));
    }
    this.door =
        keep(
            IndexDoor.open(
                new IndexDoor.Ground(
                    database,
                    blobs,
                    fetches,
                    firewall,
                    sources,
                    CacheBudget.none(),
                    keep(Executors.newFixedThreadPool(2)),
                    new SimpleMeterRegistry(),
                    clock),
                new IndexSettings(
                    () -> URI.create("https://pypi.example.com/"),
                    views,
                    RETRY,
                    4 << 20,
                    folder.resolve("cache"))));
    this.server =
        keep(
            HttpServer.start(
                HttpSettings.plain("127.0.0.1", 0),
                door.routes(Router.builder().memory(door::fromMemory)).build(),
                new SimpleMeterRegistry(),
                System::nanoTime,
                new Random(2)));
  }

  private IndexDoor.OtherIndex asked(String name, FakeIndex index) throws Exception {
    Persistence once =
        new Persistence(
            1, Duration.ofMillis(1), Duration.ofMillis(1), 1_000, Duration.ofSeconds(30));
    Upstream upstream =
        keep(
            Upstream.open(
                UpstreamSettings.of(index.url(), index.filesUrl()).with(once),
                new Surroundings(
                    clock,
                    System::nanoTime,
                    new Random(1),
                    _ -> {},
                    AddressResolver.system(),
                    new SimpleMeterRegistry())));
    return new IndexDoor.OtherIndex(name, index.url(), upstream, FRESH, Duration.ofMinutes(5));
  }

  /// Hosts a wheel, and lets so much time pass that a running server sees it.
  void hosts(String filename, byte[] bytes) throws Exception {
    HostedFiles.add(
        database, blobs, filename, bytes, FakeIndex.UPLOADED, new Yank.Not(), clock.instant());
    clock.advance(Duration.ofSeconds(1));
  }

  HttpResponse<byte[]> ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.url().resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return ask("GET", path, headers);
  }

  /// The body of a page or problem, as text.
  String text(String path, String... headers) throws IOException, InterruptedException {
    return new String(get(path, headers).body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  String json(String project) throws IOException, InterruptedException {
    return text("/simple/" + project + "/", "Accept", FakeIndex.JSON);
  }

  /// Where the file of the index is served here.
  static String path(FakeIndex index, String filename) {
    return "/files" + index.filePath(filename);
  }

  @Override
  public void close() throws IOException {
    client.close();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IOException("a room did not close", e);
      }
    }
  }

  private <T extends AutoCloseable> T keep(T room) {
    open.push(room);
    return room;
  }
}
