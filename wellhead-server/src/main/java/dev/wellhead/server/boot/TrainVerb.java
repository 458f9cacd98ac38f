package dev.wellhead.server.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `wellhead train DIR`: a short life of the server over a throw-away folder, for the JVM to learn
/// from (JEP 514). The launcher runs it once after a build and keeps what was learned.
///
/// The upstream is a closed port of this machine, so training works without a network and asks
/// nobody.
@Command(name = "train", hidden = true, description = "Runs the server briefly, for the AOT cache.")
final class TrainVerb implements Callable<Integer> {
  /// What a start and the first answers go through.
  private static final List<String> PATHS =
      List.of(
          "/healthz", "/readyz", "/simple/", "/simple/six/", "/status.json", "/metrics", "/", "/x");

  @Parameters(paramLabel = "DIR", description = "A folder that does not exist yet.")
  private Path folder = Path.of("");

  /// @throws RefusedException where the server cannot start
  @Override
  public Integer call()
      throws RefusedException,
          IOException,
          InterruptedException,
          ExecutionException,
          TimeoutException {
    Map<String, String> flags =
        Map.of(
            "data", folder.toString(),
            "server.port", "0",
            "upstream.index", "http://127.0.0.1:9/simple/");
    Settings settings = SettingsLoader.load(flags, Map.of(), Path.of("").toAbsolutePath());
    LogLines.use(new Settings.Log(Settings.LogFormat.PLAIN, Settings.LogLevel.ERROR));
    try (DataFolder data = DataFolder.own(settings.data())) {
      Ground.prepare(data);
      try (House house = House.open(settings, data)) {
        Banner.text(Versions.current(), settings, house.url());
        ask(house.url());
      }
    }
    return 0;
  }

  private static void ask(URI server)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (String path : PATHS) {
        for (String accept : List.of("application/vnd.pypi.simple.v1+json", "text/html")) {
          HttpRequest request =
              HttpRequest.newBuilder(server.resolve(path))
                  .header("Accept", accept)
                  .timeout(Duration.ofSeconds(10))
                  .build();
          client.sendAsync(request, BodyHandlers.discarding()).get(20, TimeUnit.SECONDS);
        }
      }
    }
  }
}
