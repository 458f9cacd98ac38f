package dev.wellhead.server.boot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wellhead.server.http.HttpRefusedException;
import dev.wellhead.server.http.HttpServer;
import dev.wellhead.server.http.HttpSettings;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `wellhead train DIR`: a short life of the server over a throw-away folder, for the JVM to learn
/// from (JEP 514, JEP 515). The launcher runs it once after a build and keeps what was learned.
///
/// It answers each kind of request some thousand times, so that the JVM knows from its start what
/// is worth compiling. The upstream is a server of its own on a port of this machine: training
/// works without a network and asks nobody.
@Command(name = "train", hidden = true, description = "Runs the server briefly, for the AOT cache.")
final class TrainVerb implements Callable<Integer> {
  /// What a start and the first answers go through.
  private static final List<String> PATHS =
      List.of("/healthz", "/readyz", "/simple/", "/status.json", "/metrics", "/", "/status", "/x");

  private static final String JSON = "application/vnd.pypi.simple.v1+json";
  private static final String AGENT =
      "pip/26.3 {\"implementation\":{\"name\":\"CPython\"},\"installer\":{\"name\":\"pip\","
          + "\"version\":\"26.3\"},\"python\":\"3.13.1\",\"system\":{\"name\":\"Linux\"}}";
  private static final int PAGES = 3_000;
  private static final int FILES = 1_500;
  private static final int FILE_BYTES = 300_000;
  private static final String WHEEL = "six-1.0-py3-none-any.whl";

  @Parameters(paramLabel = "DIR", description = "A folder that does not exist yet.")
  private Path folder = Path.of("");

  /// @throws RefusedException where the server cannot start
  @Override
  public Integer call()
      throws RefusedException,
          IOException,
          InterruptedException,
          ExecutionException,
          TimeoutException,
          HttpRefusedException {
    try (HttpServer upstream = upstream()) {
      Map<String, String> flags =
          Map.of(
              "data",
              folder.toString(),
              "server.port",
              "0",
              "upstream.index",
              upstream.url() + "simple/");
      Settings settings = SettingsLoader.load(flags, Map.of(), Path.of("").toAbsolutePath());
      LogLines.use(new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.ERROR));
      try (DataFolder data = DataFolder.own(settings.data())) {
        Ground.prepare(data);
        try (House house = House.open(settings, data)) {
          Banner.text(Versions.current(), settings, house.url());
          ask(house.url());
        }
      }
    }
    return 0;
  }

  private static HttpServer upstream() throws HttpRefusedException {
    byte[] file = new byte[FILE_BYTES];
    String page =
        "{\"meta\":{\"api-version\":\"1.1\"},\"name\":\"six\",\"files\":[{\"filename\":\""
            + WHEEL
            + "\",\"url\":\"../../"
            + WHEEL
            + "\",\"hashes\":{\"sha256\":\""
            + digest(file)
            + "\"},\"size\":"
            + FILE_BYTES
            + ",\"upload-time\":\"2026-01-01T00:00:00Z\",\"yanked\":false}]}";
    byte[] names =
        "{\"meta\":{\"api-version\":\"1.1\"},\"projects\":[{\"name\":\"six\"}]}".getBytes(US_ASCII);
    Router.Builder routes =
        Router.builder()
            .route("GET", "/simple/", _ -> Response.status(200).bytes(JSON, names))
            .route(
                "GET",
                "/simple/six/",
                _ -> Response.status(200).bytes(JSON, page.getBytes(US_ASCII)))
            .route(
                "GET",
                "/" + WHEEL,
                _ -> Response.status(200).bytes("application/octet-stream", file));
    Entropy entropy = Entropy.real();
    return HttpServer.start(
        HttpSettings.plain("127.0.0.1", 0),
        routes.build(),
        new SimpleMeterRegistry(),
        entropy.ticker(),
        entropy.random());
  }

  private static void ask(URI server)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (String path : PATHS) {
        for (String accept : List.of(JSON, "text/html")) {
          ask(client, server.resolve(path), "Accept", accept);
        }
      }
      URI page = server.resolve("/simple/six/");
      String etag =
          ask(client, page, "Accept", JSON, "Accept-Encoding", "gzip")
              .headers()
              .firstValue("ETag")
              .orElse("none");
      for (int i = 0; i < PAGES; i++) {
        ask(client, page, "Accept", JSON, "User-Agent", AGENT);
        ask(client, page, "Accept", JSON, "User-Agent", AGENT, "Accept-Encoding", "gzip");
        ask(client, page, "Accept", JSON, "Accept-Encoding", "gzip", "If-None-Match", etag);
      }
      URI file = server.resolve("/files/" + WHEEL);
      for (int i = 0; i < FILES; i++) {
        ask(client, file, "User-Agent", AGENT);
        ask(client, file, "User-Agent", AGENT, "Range", "bytes=0-99999");
      }
    }
  }

  private static HttpResponse<Void> ask(HttpClient client, URI url, String... headers)
      throws InterruptedException, ExecutionException, TimeoutException {
    HttpRequest request =
        HttpRequest.newBuilder(url).headers(headers).timeout(Duration.ofSeconds(10)).build();
    return client.sendAsync(request, BodyHandlers.discarding()).get(20, TimeUnit.SECONDS);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
