package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A real devpi-server on loopback, with one user and one index of hers.
final class Devpi implements AutoCloseable {
  static final String USER = "shop";
  static final String PASSWORD = "no-secret";

  private final Process process;
  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  private Devpi(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static Devpi start(Path folder) throws Exception {
    String server = Client.DEVPI_SERVER.command().getFirst();
    String data = folder.resolve("devpi").toString();
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString(), "LANG", "C.UTF-8");
    Commands.run(
            environment,
            folder,
            List.of(
                Path.of(server).resolveSibling("devpi-init").toString(),
                "--serverdir",
                data,
                "--no-root-pypi",
                "--root-passwd",
                PASSWORD))
        .succeeded();
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                server,
                "--serverdir",
                data,
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--offline-mode")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("devpi.log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Devpi devpi = new Devpi(builder.start(), URI.create("http://127.0.0.1:" + port + "/"));
    try {
      Await.until("devpi answers", Duration.ofMinutes(3), devpi::answers);
      devpi.put("shop", "root", "{\"password\": \"" + PASSWORD + "\"}");
      devpi.put("shop/prod", USER, "{\"bases\": [], \"volatile\": true}");
      return devpi;
    } catch (Exception e) {
      devpi.close();
      throw new IOException(Files.readString(folder.resolve("devpi.log")), e);
    }
  }

  /// The Simple API of the index.
  URI index() {
    return url.resolve("shop/prod/+simple/");
  }

  /// Uploads with twine.
  void upload(Bench bench, List<Path> files) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "upload",
                "--non-interactive",
                "--disable-progress-bar",
                "-u",
                USER,
                "-p",
                PASSWORD,
                "--repository-url",
                url.resolve("shop/prod/").toString()));
    files.forEach(file -> command.add(file.toString()));
    bench.run(Client.TWINE, command).succeeded();
  }

  @Override
  public void close() {
    client.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("devpi-server ended");
    }
    try (InputStream body =
        client
            .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofInputStream())
            .body()) {
      return body.read() >= 0;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void put(String path, String user, String json) throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Authorization", "Basic " + basic)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
