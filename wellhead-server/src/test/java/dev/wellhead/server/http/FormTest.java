package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormTest {
  private static final String TYPE = "Content-Type: application/x-www-form-urlencoded";
  private static final URI PUBLIC = URI.create("https://Pypi.Example.com/");

  private HttpServer server;

  @BeforeEach
  void start() throws HttpRefusedException {
    server =
        Served.with(
            Router.builder()
                .route("POST", "/form", request -> told(request.form(20)))
                .route(
                    "POST",
                    "/own",
                    request -> Served.text(String.valueOf(request.isFromOwnPage(PUBLIC)))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fields_are_decoded_and_the_first_of_a_name_counts() throws IOException {
    assertThat(post(TYPE + ";charset=UTF-8", "a=x+%C3%BC&b=&a=2").body()).isEqualTo("{a=x ü, b=}");
  }

  @Test
  void a_form_without_fields_is_one() throws IOException {
    assertThat(post(TYPE, "").body()).isEqualTo("{}");
  }

  @Test
  void what_is_no_form_is_refused() throws IOException {
    assertThat(post("Content-Type: text/plain", "a=1").status()).isEqualTo(415);
    assertThat(post("X-Other: 1", "a=1").status()).isEqualTo(415);
  }

  @Test
  void a_form_that_is_too_long_is_refused_with_and_without_a_length() throws IOException {
    Wire.Answer stated = post(TYPE, "a=" + "1".repeat(19));
    Wire.Answer chunked =
        Wire.ask(
            server,
            "POST /form HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n"
                + TYPE
                + "\r\nConnection: close\r\n\r\n"
                + ("8\r\naaaaaaaa\r\n".repeat(3) + "0\r\n\r\n"));

    assertThat(stated.status()).isEqualTo(413);
    assertThat(stated.body()).contains("A form here has at most 20 bytes.");
    assertThat(chunked.status()).isEqualTo(413);
  }

  @Test
  void a_malformed_form_is_refused() throws IOException {
    assertThat(post(TYPE, "a=%4").status()).isEqualTo(400);
    assertThat(post(TYPE, "a=%00").status()).isEqualTo(400);
    assertThat(post(TYPE, "a=\u00fc").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: same-origin, true",
    "Sec-Fetch-Site: same-site, false",
    "Sec-Fetch-Site: cross-site, false",
    "Sec-Fetch-Site: none, false",
    "Origin: https://pypi.example.com, true",
    "Origin: https://pypi.example.com:443, false",
    "Origin: http://pypi.example.com, false",
    "Origin: https://pypi.example.com.evil.example, false",
    "Origin: null, false",
    "X-Other: 1, false"
  })
  void only_what_a_browser_says_came_from_a_page_of_this_server_did(String header, boolean own)
      throws IOException {
    Wire.Answer answer =
        Wire.ask(
            server,
            "POST /own HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n"
                + header
                + "\r\nConnection: close\r\n\r\n");

    assertThat(answer.body()).isEqualTo(String.valueOf(own));
  }

  private static Response told(Form form) {
    return switch (form) {
      case Form.Sent(var fields) -> Served.text(new TreeMap<>(fields).toString());
      case Form.Refused(Response answer) -> answer;
    };
  }

  private Wire.Answer post(String header, String body) throws IOException {
    Wire.Answer answer =
        Wire.ask(
            server,
            "POST /form HTTP/1.1\r\nHost: here\r\nContent-Length: "
                + body.length()
                + "\r\n"
                + header
                + "\r\nConnection: close\r\n\r\n"
                + body);
    return new Wire.Answer(
        answer.statusLine(),
        answer.headers(),
        new String(
            answer.body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
            java.nio.charset.StandardCharsets.UTF_8));
  }
}
