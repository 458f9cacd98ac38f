package dev.wellhead.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  /// A millisecond passes with every look.
  private final AtomicLong looks = new AtomicLong();

  @Test
  void every_request_of_a_closed_loop_is_answered_and_hashed() throws Exception {
    try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.ok("hello"))) {
      Outcome outcome = run(server, "connections=7", "requests=100", "sha256=" + SHA256_OF_HELLO);
      assertThat(outcome.kinds()).isEqualTo(Map.of("200 5 " + SHA256_OF_HELLO, 100L));
      assertThat(outcome.wrong()).isZero();
      assertThat(server.requests()).isEqualTo(100);
    }
  }

  @Test
  void one_wrong_byte_in_one_of_many_bodies_is_counted() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(n -> ScriptedServer.ok(n == 42 ? "hellp" : "hello"))) {
      Outcome outcome = run(server, "connections=7", "requests=100", "sha256=" + SHA256_OF_HELLO);
      assertThat(outcome.wrong()).isEqualTo(1);
      assertThat(outcome.kinds()).hasSize(2).containsEntry("200 5 " + SHA256_OF_HELLO, 99L);
    }
  }

  @Test
  void a_wrong_status_or_length_is_counted_also_where_the_body_is_not_hashed() throws Exception {
    try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.ok("hello"))) {
      assertThat(run(server, "requests=10", "hash-every=1000", "length=6").wrong()).isEqualTo(10);
      assertThat(run(server, "requests=10", "hash-every=1000", "status=304").wrong()).isEqualTo(10);
    }
  }

  @Test
  void a_torn_answer_is_a_fault_and_the_rest_goes_on() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(n -> n == 3 ? "HTTP/1.1 200 OK\r\ntorn" : ScriptedServer.ok("hello"))) {
      Outcome outcome = run(server, "connections=2", "requests=20");
      assertThat(outcome.answered()).isEqualTo(19);
      assertThat(outcome.unanswered()).isEqualTo(1);
      assertThat(outcome.faulty()).isEqualTo(1);
    }
  }

  @Test
  void a_stall_is_charged_to_every_request_that_was_due_meanwhile() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(n -> {
          while (n == 0 && looks.get() < 1_000) {
            Thread.onSpinWait();
          }
          return ScriptedServer.ok("hello");
        })) {
      Outcome outcome = run(server, "rate=1000", "requests=100", "millis=100", "grace-millis=9000");
      assertThat(outcome.answered()).isEqualTo(100);
      assertThat(outcome.latencyNanos(0)).isGreaterThan(800_000_000L);
    }
  }

  @Test
  void what_is_never_answered_counts_with_the_time_it_waited() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(n -> n < 5 ? ScriptedServer.ok("hello") : "HTTP/1.1 200 OK\r\n")) {
      Outcome outcome = run(server, "rate=1000", "requests=10", "millis=10", "grace-millis=500");
      assertThat(outcome.answered()).isEqualTo(5);
      assertThat(outcome.unanswered()).isEqualTo(5);
      assertThat(outcome.latencyNanos(0.99)).isGreaterThanOrEqualTo(490_000_000L);
    }
  }

  @Test
  void a_server_that_is_not_there_is_an_error_not_an_empty_outcome() throws Exception {
    // Bound and not listening: the port is nobody else's and refuses for certain.
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      assertThatThrownBy(() -> run(silent.getLocalPort(), "requests=1"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_plan_with_an_unknown_or_unfit_word_is_refused() {
    assertThatThrownBy(() -> Plan.parse(List.of("conections=4"))).hasMessage("unknown: conections");
    assertThatThrownBy(() -> Plan.parse(List.of("connections=0")))
        .hasMessage("connections lie between 1 and 16,000");
    assertThatThrownBy(() -> Plan.parse(List.of("millis=soon")))
        .isInstanceOf(MalformedPlanException.class);
  }

  @Test
  void the_outcome_is_one_line_of_json_whatever_the_server_said() {
    assertThat(Outcome.quoted("a\"b\\\n\u00e9")).isEqualTo("\"a\\u0022b\\u005c\\u000a\\u00e9\"");
  }

  private Outcome run(ScriptedServer server, String... words) throws Exception {
    return run(server.port(), words);
  }

  private Outcome run(int port, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("port=" + port);
    all.add("path=/simple/six/");
    return Load.run(Plan.parse(all), () -> looks.getAndIncrement() * 1_000_000);
  }
}
