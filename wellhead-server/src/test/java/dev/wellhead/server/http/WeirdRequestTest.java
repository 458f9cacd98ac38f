package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeirdRequestTest {
  private HttpServer server;

  @BeforeAll
  void start() throws HttpRefusedException {
    server =
        Served.with(
            Router.builder()
                .route("GET", "/simple/{project}/", request -> Served.text(request.path()))
                .route("GET", "/files/{path...}", request -> Served.text(request.path()))
                .route("POST", "/post", request -> Served.text("posted")));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/../etc/passwd",
        "/files/%2e%2e/etc/passwd",
        "/files/.%2E/x",
        "/files/./x",
        "/files/%2e/x",
        "/files/a%2fb",
        "/files/a%2Fb",
        "/files/..%2f..%2fetc/passwd",
        "/files/a%5cb",
        "/files/a\\b",
        "/files/%00",
        "/files/a%00.whl",
        "/files/a%0d%0aX-Evil:%201",
        "/files/%7f",
        "/files/%c2%85",
        "/files/%",
        "/files/%2",
        "/files/%zz",
        "/files/%u0041",
        "/files/%ff%fe",
        "/files/%c0%af",
        "/files/%ed%a0%80",
        "/files//x",
        "//evil.example/simple/x/",
        "/simple/six/?format=%zz",
        "/simple/six/?a=%00",
        "/files/\u00e9",
        "/files/..",
        "/files/%252e%252e/%2e%2e/x",
        "/files/..;/x/..",
        "*",
        "simple/six/"
      })
  void a_weird_target_is_refused_with_a_problem(String target) throws IOException {
    assertRefused(Wire.get(server, target), 400);
  }

  @Test
  void a_double_encoded_path_is_decoded_once_only() throws IOException {
    assertThat(Wire.get(server, "/files/%252e%252e/x").body()).isEqualTo("/files/%2e%2e/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/a%20b+c%2Bd.whl",
        "/files/dots..in.name",
        "/files/...",
        "/files/semi;colon=1/x",
        "/files/%E2%82%AC",
        "/files/+host:8080/x~y_z-1.0%21a"
      })
  void an_unusual_but_honest_path_is_served(String target) throws IOException {
    assertThat(Wire.get(server, target).status()).isEqualTo(200);
  }

  @Test
  void a_long_name_is_refused_and_a_longer_one_too() throws IOException {
    assertThat(Wire.get(server, "/files/" + "a".repeat(2_048)).status()).isEqualTo(200);
    assertRefused(Wire.get(server, "/files/" + "a".repeat(2_049)), 400);
    assertRefused(Wire.get(server, "/files/" + "a".repeat(10_000)), 414);
    assertRefused(Wire.get(server, "/files/" + "a".repeat(1_000_000)), 414);
  }

  @Test
  void too_many_header_bytes_are_refused() throws IOException {
    assertRefused(Wire.get(server, "/simple/six/", "X-Long: " + "a".repeat(20_000)), 431);
    String many = "X-Many: 1\r\n".repeat(2_000);
    assertRefused(Wire.get(server, "/simple/six/", many.strip()), 431);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE", "OPTIONS", "BREW", "get", "CONNECT"})
  void a_method_that_is_not_served_is_refused_with_those_that_are(String method)
      throws IOException {
    Wire.Answer answer = Wire.ask(server, Wire.request(method, "/simple/six/"));
    assertRefused(answer, method.equals("CONNECT") ? 400 : 405);
    assertThat(answer.header("Allow")).isEqualTo(method.equals("CONNECT") ? "" : "GET, HEAD");
  }

  @Test
  void what_only_post_may_do_is_refused_to_get() throws IOException {
    Wire.Answer answer = Wire.get(server, "/post");
    assertRefused(answer, 405);
    assertThat(answer.header("Allow")).isEqualTo("POST");
  }

  @Test
  void an_unknown_address_is_a_problem() throws IOException {
    assertRefused(Wire.get(server, "/nothing/here"), 404);
    assertRefused(Wire.ask(server, Wire.request("BREW", "/nothing/here")), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX\u0000Y: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
        "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/3.7\r\nHost: a\r\n\r\n",
        "GET / HTTQ/1.1\r\nHost: a\r\n\r\n",
        "GET\u0000 / HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u00e9T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "NONSENSE\r\n\r\n"
      })
  void a_request_that_can_be_read_in_two_ways_is_refused(String raw) throws IOException {
    Wire.Answer answer = Wire.ask(server, raw);
    assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
    assertProblem(answer);
  }

  @Test
  void a_body_nobody_asked_for_is_never_taken_for_the_next_request() throws IOException {
    String smuggled = "GET /files/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    try (Wire wire = Wire.to(server)) {
      wire.send(
          "GET /simple/six/ HTTP/1.1\r\nHost: a\r\nContent-Length: "
              + smuggled.length()
              + "\r\n\r\n"
              + smuggled);
      assertThat(wire.readAll().body()).isEqualTo("/simple/six/");
    }
  }

  @Test
  void a_target_with_a_scheme_means_its_path() throws IOException {
    Wire.Answer answer = Wire.get(server, "http://here/simple/six/");
    assertThat(answer.body()).isEqualTo("/simple/six/");
  }

  @Test
  void a_query_may_not_grow_without_bound() throws IOException {
    assertThat(Wire.get(server, "/simple/six/?" + "a=1&".repeat(60)).status()).isEqualTo(200);
    assertRefused(Wire.get(server, "/simple/six/?" + "a=1&".repeat(100)), 400);
  }

  private static void assertRefused(Wire.Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertProblem(answer);
  }

  private static void assertProblem(Wire.Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.body()).startsWith("{\"title\":\"").contains("\"detail\":\"");
    assertThat(answer.toString().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("jetty", "<html", "\tat ", "exception", "evil");
  }
}
