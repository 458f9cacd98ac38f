package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyTest {
  private HttpServer trusting;
  private HttpServer wary;

  @BeforeAll
  void start() throws HttpRefusedException {
    trusting = server(List.of("127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"));
    wary = server(List.of("192.0.2.1"));
  }

  @AfterAll
  void stop() {
    trusting.close();
    wary.close();
  }

  private static HttpServer server(List<String> proxies) throws HttpRefusedException {
    return Served.with(
        new HttpSettings("127.0.0.1", 0, null, proxies, Served.LIMITS, null, false),
        Router.builder()
            .route(
                "GET", "/who", request -> Served.text(request.client() + " " + request.secure())));
  }

  private static String who(HttpServer server, String... headers) throws IOException {
    return Wire.get(server, "/who", headers).body();
  }

  @Test
  void the_rightmost_address_that_is_no_proxy_is_the_client() throws IOException {
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7")).isEqualTo("203.0.113.7 false");
    assertThat(who(trusting, "X-Forwarded-For: 1.1.1.1, 203.0.113.7, 10.1.2.3"))
        .isEqualTo("203.0.113.7 false");
    assertThat(who(trusting, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.7"))
        .isEqualTo("203.0.113.7 false");
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7:4711", "X-Forwarded-Proto: https"))
        .isEqualTo("203.0.113.7 true");
    assertThat(who(trusting, "Forwarded: for=1.1.1.1, for=\"[2001:db9::7]:80\";proto=https"))
        .isEqualTo("2001:db9:0:0:0:0:0:7 true");
  }

  @Test
  void what_cannot_be_read_stops_at_the_last_address_known() throws IOException {
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7, unknown")).isEqualTo("127.0.0.1 false");
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7, evil.example, 10.0.0.1"))
        .isEqualTo("10.0.0.1 false");
    assertThat(who(trusting, "X-Forwarded-For: ")).isEqualTo("127.0.0.1 false");
    assertThat(who(trusting, "X-Forwarded-For: " + "10.0.0.1,".repeat(500) + "10.0.0.1"))
        .isEqualTo("10.0.0.1 false");
  }

  @Test
  void two_headers_that_disagree_are_both_ignored() throws IOException {
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7", "Forwarded: for=8.8.8.8"))
        .isEqualTo("127.0.0.1 false");
    assertThat(who(trusting, "X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7"))
        .isEqualTo("203.0.113.7 false");
  }

  @Test
  void nobody_else_is_believed() throws IOException {
    assertThat(
            who(
                wary,
                "X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-Proto: https",
                "Forwarded: for=203.0.113.7;proto=https"))
        .isEqualTo("127.0.0.1 false");
  }

  @Test
  void a_request_id_is_kept_from_a_trusted_proxy_only_and_only_when_sane() throws IOException {
    assertThat(Wire.get(trusting, "/who", "X-Request-Id: abc-1.2_3").header("X-Request-Id"))
        .isEqualTo("abc-1.2_3");
    assertThat(Wire.get(trusting, "/who", "X-Request-Id: a b").header("X-Request-Id"))
        .isNotEqualTo("a b")
        .isNotEmpty();
    assertThat(Wire.get(trusting, "/who", "X-Request-Id: " + "a".repeat(65)).header("X-Request-Id"))
        .hasSizeLessThan(40);
    assertThat(Wire.get(wary, "/who", "X-Request-Id: abc").header("X-Request-Id"))
        .isNotEqualTo("abc");
  }

  @Test
  void a_block_that_is_none_is_refused_in_a_sentence() {
    for (String wrong : List.of("10.0.0.0/33", "10.0.0.0/x", "proxy.example", "", "::1/129")) {
      assertThatThrownBy(() -> TrustedProxies.of(List.of(wrong), false))
          .isInstanceOf(HttpRefusedException.class)
          .hasMessageContaining("\"" + wrong + "\"");
    }
  }
}
