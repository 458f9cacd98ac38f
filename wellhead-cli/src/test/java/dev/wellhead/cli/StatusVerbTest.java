package dev.wellhead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.wellhead.testkit.SelfSigned;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class StatusVerbTest {
  private record Said(int exitCode, String out, String err) {}

  @TempDir private Path folder = Path.of("");
  private HttpServer server = newServer();
  private String url = "";

  @BeforeEach
  void listen() {
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void the_state_is_printed_for_people() {
    answer(
        200,
        """
        {"state":"well","version":"1.2.3","since":"2026-01-10T12:00:00Z","uptime":"3 hours",
        "upstream":{"index":"https://pypi.org/simple/","state":"Answers.","hosts":[
        {"origin":"https://pypi.org","circuit":"closed","answered":7,"failed":0},
        {"origin":"https://files.test","circuit":"open","answered":0,"failed":2}]},
        "held":{"projects":2,"files":30},"fetched":{"fetches":4,"bytes":500,"files":3,"clients":1}}
        """);

    assertThat(run(Map.of(), "status", "--url", url))
        .isEqualTo(
            new Said(
                0,
                """
                state     well
                version   1.2.3
                up for    3 hours, since 2026-01-10T12:00:00Z
                upstream  https://pypi.org/simple/
                          Answers.
                          https://pypi.org: 7 answered, 0 failed
                          https://files.test: 0 answered, 2 failed, not asked now
                held      2 projects, 30 files
                fetched   4 fetches, 500 bytes, 3 files, 1 clients
                """,
                ""));
  }

  @Test
  void the_state_is_printed_for_programs_as_it_comes() {
    answer(200, "{\"state\": \"ready\",\n\"upstream\": {\"x\": [1]}}");

    assertThat(run(Map.of(), "status", "--format", "json", "--url", url))
        .isEqualTo(new Said(0, "{\"state\":\"ready\",\"upstream\":{\"x\":[1]}}\n", ""));
  }

  @Test
  void the_server_may_be_named_in_the_environment() {
    answer(200, "{\"state\":\"ready\"}");

    assertThat(run(Map.of("WELLHEAD_URL", url + "/"), "status"))
        .isEqualTo(new Said(0, "state     ready\n", ""));
  }

  @Test
  void no_control_character_reaches_the_terminal() {
    answer(200, "{\"state\":\"\\u001b[2Jgone\"}");

    assertThat(run(Map.of(), "status", "--url", url))
        .isEqualTo(new Said(0, "state     ?[2Jgone\n", ""));
    assertThat(run(Map.of(), "status", "--format", "json", "--url", url).out())
        .isEqualTo("{\"state\":\"\\u001B[2Jgone\"}\n");
  }

  @Test
  void another_status_is_one_sentence() {
    answer(503, "{}");

    assertThat(run(Map.of(), "status", "--url", url))
        .isEqualTo(
            new Said(1, "", url + "/status.json answered with status 503, not with its state.\n"));
  }

  @Test
  void something_else_than_json_is_one_sentence() {
    answer(200, "<html>");

    assertThat(run(Map.of(), "status", "--url", url))
        .isEqualTo(new Said(1, "", url + "/ answered, but not as a Wellhead server does.\n"));
  }

  @Test
  void nobody_listening_is_one_sentence() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    Said said = run(Map.of(), "status", "--url", "http://127.0.0.1:" + free);

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err().lines()).hasSize(1);
    assertThat(said.err()).contains("is the server running there?");
  }

  @Test
  void a_body_that_stalls_is_cut_off() {
    CountDownLatch done = new CountDownLatch(1);
    server.createContext(
        "/status.json",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            done.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    try {
      assertThatThrownBy(() ->
              new StatusRequest(Duration.ofMillis(300), null).ask(URI.create(url + "/status.json")))
          .isInstanceOf(NoAnswerException.class)
          .hasMessageContaining("gave no whole answer");
    } finally {
      done.countDown();
    }
  }

  @Test
  void an_unknown_verb_is_misuse() {
    Said said = run(Map.of(), "frobnicate");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("frobnicate").endsWith("See: ./wellhead help\n");
  }

  @Test
  void help_on_an_unknown_verb_is_misuse_as_well() {
    assertThat(run(Map.of(), "nonsense", "--help"))
        .isEqualTo(new Said(2, "", "There is no such verb: nonsense\nSee: ./wellhead help\n"));
  }

  @Test
  void an_authority_of_ones_own_is_trusted_when_it_is_named() throws Exception {
    SelfSigned pair = SelfSigned.named("localhost");
    Path ca = pair.certificate(folder.resolve("ca.pem"));
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(pair.context(pair)));
    secure.createContext("/status.json", exchange -> send(exchange, 200, "{\"state\":\"well\"}"));
    secure.start();
    String there = "https://localhost:" + secure.getAddress().getPort();
    try {
      Said unknown = run(Map.of(), "status", "--url", there);
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.err()).contains("not trusted").contains("--ca").matches("[^\n]+\n");
      assertThat(run(Map.of(), "status", "--url", there, "--ca", ca.toString()))
          .isEqualTo(new Said(0, "state     well\n", ""));
    } finally {
      secure.stop(0);
    }
  }

  @Test
  void a_file_without_certificates_is_one_sentence() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "nothing\n");

    Said said = run(Map.of(), "status", "--url", "https://localhost", "--ca", none.toString());

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err()).startsWith(none.toString()).matches("[^\n]+\n");
  }

  @Test
  void the_launchers_help_names_every_verb() throws IOException {
    String launcher = Files.readString(Path.of(System.getProperty("house", "."), "wellhead"));

    assertThat(Main.commandLine(Map.of(), Path.of("/"), Path.of("")).getSubcommands().keySet())
        .allSatisfy(verb -> assertThat(launcher).containsPattern("(?m)^  " + verb + " +[a-z]"));
  }

  private void answer(int status, String body) {
    server.createContext("/status.json", exchange -> send(exchange, status, body));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Said run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(environment, Path.of("/"), Path.of(""));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = Main.run(line, arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
