package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Response PAGE =
      Response.status(200)
          .header("ETag", "\"one\"")
          .bytes("text/html", "<p>page</p>".getBytes(StandardCharsets.UTF_8));
  private static final Response UNCHANGED = Response.status(304).header("ETag", "\"one\"").empty();

  private static Optional<Response> page(Request request) {
    return request.path().equals("/page")
        ? Optional.of(request.holds("\"one\"") ? UNCHANGED : PAGE)
        : Optional.empty();
  }

  @Test
  void memory_answers_on_the_thread_that_read_the_request() throws Exception {
    WatchedMemory memory = new WatchedMemory(AnswerTest::page);
    Router.Builder routes =
        Router.builder()
            .memory(memory)
            .route("GET", "/page", request -> Served.text("from the handler"))
            .route(
                "GET",
                "/other",
                request ->
                    Served.text(Thread.currentThread().isVirtual() ? "virtual" : "platform"));
    try (HttpServer server = Served.with(routes)) {
      assertThat(Wire.get(server, "/page").body()).isEqualTo("<p>page</p>");
      assertThat(Wire.get(server, "/page").body()).isEqualTo("<p>page</p>");
      assertThat(Wire.get(server, "/other").body()).isEqualTo("virtual");
    }
  }

  @Test
  void a_memory_handler_that_blocks_is_caught_by_the_watchdog() throws Exception {
    WatchedMemory memory =
        new WatchedMemory(request -> {
          LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
          return Optional.of(PAGE);
        });
    try (HttpServer server = Served.with(Router.builder().memory(memory))) {
      assertThat(Wire.get(server, "/page").status()).isEqualTo(200);
      memory.warm();
      memory.check();
      assertThat(Wire.get(server, "/page").status()).isEqualTo(200);
    }
    assertThatThrownBy(memory::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /page took ");
  }

  @Test
  void a_page_the_client_holds_is_answered_with_304() throws Exception {
    try (HttpServer server = Served.with(Router.builder().memory(AnswerTest::page))) {
      for (String held :
          List.of("\"one\"", "W/\"one\"", "\"zero\", \"one\"", "*", "\"a,b\",\"one\"")) {
        Wire.Answer answer = Wire.get(server, "/page", "If-None-Match: " + held);
        assertThat(answer.status()).as(held).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo("\"one\"");
      }
      for (String other : List.of("\"two\"", "one", "\"one", "\"one\"x\"", "")) {
        boolean held = other.startsWith("\"one\"");
        Wire.Answer answer = Wire.get(server, "/page", "If-None-Match: " + other);
        assertThat(answer.status()).as(other).isEqualTo(held ? 304 : 200);
      }
    }
  }

  @Test
  void an_answer_encoded_beforehand_reads_the_same() throws Exception {
    Router.Builder routes =
        Router.builder()
            .route("GET", "/plain", request -> PAGE)
            .route("GET", "/encoded", request -> PAGE.encoded());
    try (HttpServer server = Served.with(routes)) {
      Wire.Answer plain = Wire.get(server, "/plain");
      Wire.Answer encoded = Wire.get(server, "/encoded");
      assertThat(encoded.status()).isEqualTo(plain.status());
      assertThat(encoded.body()).isEqualTo(plain.body());
      for (String name : List.of("ETag", "Content-Type", "Content-Length")) {
        assertThat(encoded.header(name)).as(name).isEqualTo(plain.header(name)).isNotEmpty();
      }
    }
  }

  @Test
  void head_has_the_headers_of_get_and_no_body() throws Exception {
    try (HttpServer server = Served.with(Router.builder().memory(AnswerTest::page))) {
      Wire.Answer head = Wire.ask(server, Wire.request("HEAD", "/page"));
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEqualTo("11");
      assertThat(head.header("Content-Type")).isEqualTo("text/html");
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void a_reason_phrase_reaches_the_status_line_and_cannot_break_it() throws Exception {
    Problem problem =
        new Problem(403, "Blocked", "It steals tokens.", Map.of("findings", List.of("a", "b")));
    String evil = "held\r\nX-Evil: 1\u0000 \u20ac \u00e9 " + "x".repeat(300);
    Router.Builder routes =
        Router.builder()
            .route("GET", "/blocked", request -> problem.toResponse("blocked by rule 7"))
            .route("GET", "/evil", request -> problem.toResponse(evil));
    try (HttpServer server = Served.with(routes)) {
      Wire.Answer blocked = Wire.get(server, "/blocked");
      assertThat(blocked.statusLine()).isEqualTo("HTTP/1.1 403 blocked by rule 7");
      assertThat(blocked.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(blocked.body())
          .isEqualTo(
              "{\"title\":\"Blocked\",\"status\":403,\"detail\":\"It steals tokens.\","
                  + "\"findings\":[\"a\",\"b\"]}");
      Wire.Answer cut = Wire.get(server, "/evil");
      assertThat(cut.statusLine()).startsWith("HTTP/1.1 403 held  X-Evil: 1  ? \u00e9 xxx");
      assertThat(cut.statusLine()).hasSize("HTTP/1.1 403 ".length() + Response.REASON_LIMIT);
      assertThat(cut.header("X-Evil")).isEmpty();
    }
  }

  @Test
  void line_breaks_in_a_header_value_become_spaces() throws Exception {
    Response answer = Response.status(200).header("X-Why", "a\r\nX-Evil: 1").empty();
    Router.Builder routes = Router.builder().route("GET", "/x", request -> answer);
    try (HttpServer server = Served.with(routes)) {
      Wire.Answer sent = Wire.get(server, "/x");
      assertThat(sent.header("X-Why")).isEqualTo("a  X-Evil: 1");
      assertThat(sent.header("X-Evil")).isEmpty();
    }
    assertThatThrownBy(() -> Response.status(200).header("X Y", "z"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_fault_is_503_and_a_bug_500_and_both_are_logged_once_with_the_id() throws Exception {
    Router.Builder routes =
        Router.builder()
            .memory(request -> {
              if (request.path().equals("/memory")) {
                throw new IllegalStateException("secret");
              }
              return Optional.empty();
            })
            .route(
                "GET",
                "/fault",
                request -> {
                  throw new IOException("secret: disk full");
                })
            .route(
                "GET",
                "/bug",
                request -> {
                  throw new IllegalStateException("secret");
                })
            .route(
                "GET",
                "/error",
                request -> {
                  throw new StackOverflowError("secret");
                });
    try (Logged log = Logged.of(Exchange.class.getName());
        HttpServer server = Served.with(routes)) {
      Wire.Answer fault = Wire.get(server, "/fault");
      assertThat(fault.status()).isEqualTo(503);
      assertThat(fault.header("Retry-After")).isEqualTo("5");
      for (String path : List.of("/bug", "/error", "/memory")) {
        Wire.Answer bug = Wire.get(server, path);
        assertThat(bug.status()).as(path).isEqualTo(500);
        assertThat(bug.body())
            .contains(bug.header("X-Request-Id"))
            .doesNotContain("secret", "\tat");
      }
      assertThat(log.events()).hasSize(4);
      ILoggingEvent first = log.events().getFirst();
      assertThat(first.getMDCPropertyMap()).containsEntry("request", fault.header("X-Request-Id"));
    }
  }

  @Test
  void more_work_than_allowed_is_told_to_come_again() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HttpLimits one = new HttpLimits(50, 1, 8_192, Duration.ofSeconds(10), Duration.ofSeconds(5));
    Router.Builder routes =
        Router.builder()
            .memory(AnswerTest::page)
            .route(
                "GET",
                "/slow",
                request -> {
                  entered.countDown();
                  leave.await();
                  return Served.text("slow");
                });
    try (HttpServer server = Served.with(Served.plain(one), routes);
        Wire slow = Wire.to(server)) {
      slow.send(Wire.request("GET", "/slow"));
      entered.await();
      Wire.Answer busy = Wire.get(server, "/slow");
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.header("Retry-After")).isEqualTo("1");
      assertThat(busy.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(Wire.get(server, "/page").status()).isEqualTo(200);
      leave.countDown();
      assertThat(slow.readAll().body()).isEqualTo("slow");
      assertThat(Wire.get(server, "/slow").status()).isEqualTo(200);
    }
  }

  @Test
  void connections_beyond_the_limit_wait_until_one_closes() throws Exception {
    HttpLimits two = new HttpLimits(2, 10, 8_192, Duration.ofSeconds(10), Duration.ofSeconds(5));
    try (HttpServer server =
            Served.with(Served.plain(two), Router.builder().memory(AnswerTest::page));
        Wire third = third(server)) {
      assertThat(third.readAll().status()).isEqualTo(200);
    }
  }

  private static Wire third(HttpServer server) throws IOException {
    try (Wire first = Wire.to(server);
        Wire second = Wire.to(server)) {
      first.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
      second.send("GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(first.in().read()).isEqualTo('H');
      assertThat(second.in().read()).isEqualTo('H');
      Wire third = Wire.to(server);
      third.send(Wire.request("GET", "/page"));
      assertThat(third.in().available()).isZero();
      return third;
    }
  }

  @Test
  void a_taken_port_and_an_unknown_host_are_refused_in_a_sentence() throws Exception {
    try (HttpServer server = Served.with(Router.builder())) {
      HttpSettings same = HttpSettings.plain("127.0.0.1", server.port());
      assertThatThrownBy(() -> Served.with(same, Router.builder()))
          .isInstanceOf(HttpRefusedException.class)
          .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + server.port())
          .hasMessageContaining("choose another host or port");
    }
    assertThatThrownBy(
            () -> Served.with(HttpSettings.plain("no.such.host.invalid", 0), Router.builder()))
        .isInstanceOf(HttpRefusedException.class)
        .hasMessage(
            "The host no.such.host.invalid is not known: choose a name or address of this machine.");
  }

  @Test
  void requests_are_counted_by_pattern_and_never_by_path() throws Exception {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Router router =
        Router.builder()
            .memory(AnswerTest::page)
            .route("GET", "/simple/{project}/", request -> Served.text("abc"))
            .build();
    try (HttpServer server =
        HttpServer.start(
            Served.plain(Served.LIMITS),
            router,
            metrics,
            System::nanoTime,
            RandomGenerator.getDefault())) {
      Wire.get(server, "/simple/a/");
      Wire.get(server, "/simple/b/");
      Wire.get(server, "/page");
      Wire.get(server, "/nothing/" + "x".repeat(50));
      Wire.ask(server, Wire.request("BREW", "/simple/a/"));
      assertThat(metrics.get("http.server.connections").gauge().value()).isGreaterThanOrEqualTo(0);
    }
    assertThat(count(metrics, "/simple/{project}/", "GET", "2xx")).isEqualTo(2);
    assertThat(count(metrics, "/simple/{project}/", "other", "4xx")).isEqualTo(1);
    assertThat(count(metrics, "none", "GET", "4xx")).isEqualTo(1);
    assertThat(count(metrics, "memory", "GET", "2xx")).isEqualTo(1);
    assertThat(
            metrics
                .get("http.server.response.bytes")
                .tag("route", "/simple/{project}/")
                .counter()
                .count())
        .isGreaterThanOrEqualTo(6);
    assertThat(metrics.get("http.server.requests.in.flight").gauge().value()).isZero();
  }

  private static long count(
      SimpleMeterRegistry metrics, String route, String method, String status) {
    return metrics
        .get("http.server.requests")
        .tags("route", route, "method", method, "status", status)
        .timer()
        .count();
  }

  @Test
  void the_access_log_has_a_line_for_each_request_and_cannot_be_forged() throws Exception {
    HttpSettings logging =
        new HttpSettings("127.0.0.1", 0, null, List.of(), Served.LIMITS, null, true);
    try (Logged log = Logged.of("access")) {
      try (HttpServer server = Served.with(logging, Router.builder().memory(AnswerTest::page))) {
        Wire.get(server, "/page?token=secret");
        Wire.get(server, "/a%0aGET%20/forged");
      }
      assertThat(log.events()).hasSize(2);
      assertThat(log.events().get(0).getFormattedMessage())
          .matches("GET /page 200 11 \\d+ms 127\\.0\\.0\\.1 \\S+");
      assertThat(log.events().get(1).getFormattedMessage())
          .startsWith("GET /a%0aGET%20/forged 400 ");
    }
  }

  @Test
  void what_is_no_http_is_counted_and_logged_as_well() throws Exception {
    HttpSettings logging =
        new HttpSettings("127.0.0.1", 0, null, List.of(), Served.LIMITS, null, true);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    try (Logged log = Logged.of("access")) {
      try (HttpServer server =
              HttpServer.start(
                  logging, Router.builder().build(), metrics, System::nanoTime, new Random(1));
          Wire wire = Wire.to(server)) {
        wire.send("GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
        assertThat(wire.readAll().status()).isEqualTo(400);
      }
      assertThat(log.events()).hasSize(1);
      assertThat(log.events().getFirst().getFormattedMessage())
          .matches("GET /x 400 \\d+ 0ms 127\\.0\\.0\\.1 \\S+");
    }
    assertThat(count(metrics, "none", "GET", "4xx")).isOne();
  }
}
