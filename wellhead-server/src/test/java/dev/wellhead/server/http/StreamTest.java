package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamTest {
  private static final byte[] MEGABYTE = new byte[1024 * 1024];

  private final CompletableFuture<IOException> goneSeen = new CompletableFuture<>();
  private HttpServer server;

  @BeforeAll
  void start() throws HttpRefusedException {
    server =
        Served.with(
            Router.builder()
                .route(
                    "GET",
                    "/known",
                    request ->
                        stream(
                            6,
                            out ->
                                out.write(
                                    "sixsix".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                .route("GET", "/unknown", request -> stream(-1, StreamTest::threeMegabytes))
                .route("GET", "/short", request -> stream(100, out -> out.write(new byte[99])))
                .route("GET", "/shorter", request -> stream(MEGABYTE.length + 1, StreamTest::one))
                .route("GET", "/long", request -> stream(MEGABYTE.length + 1, StreamTest::two))
                .route("GET", "/early", request -> stream(100, out -> broken(10, out)))
                .route("GET", "/late", request -> stream(-1, out -> broken(1 << 20, out)))
                .route(
                    "GET", "/late-known", request -> stream(1 << 21, out -> broken(1 << 20, out)))
                .route("GET", "/endless", request -> stream(-1, this::endless)));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static Response stream(long length, BodyWriter writer) {
    return Response.status(200).header("ETag", "\"stream\"").reason("Streaming").stream(
        "application/octet-stream", length, writer);
  }

  private static void one(OutputStream out) throws IOException {
    out.write(MEGABYTE);
  }

  private static void two(OutputStream out) throws IOException {
    out.write(MEGABYTE);
    out.write(MEGABYTE);
  }

  private static void threeMegabytes(OutputStream out) throws IOException {
    for (int i = 0; i < 3 * 1024; i++) {
      out.write(new byte[1000]);
      out.write(new byte[24]);
    }
  }

  private static void broken(int after, OutputStream out) throws IOException {
    out.write(new byte[after]);
    throw new IOException("the source broke off");
  }

  private void endless(OutputStream out) throws IOException {
    try {
      while (true) {
        out.write(MEGABYTE);
      }
    } catch (IOException gone) {
      goneSeen.complete(gone);
      throw gone;
    }
  }

  @Test
  void a_known_length_is_declared_and_kept() throws IOException {
    Wire.Answer answer = Wire.get(server, "/known");
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 Streaming");
    assertThat(answer.header("Content-Length")).isEqualTo("6");
    assertThat(answer.body()).isEqualTo("sixsix");
  }

  @Test
  void head_of_a_stream_does_not_run_the_writer() throws IOException {
    Wire.Answer answer = Wire.ask(server, Wire.request("HEAD", "/late-known"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(1 << 21));
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void an_unknown_length_is_chunked_and_ends_properly() throws IOException {
    Wire.Answer answer = Wire.get(server, "/unknown");
    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.body()).endsWith("\r\n0\r\n\r\n");
    assertThat(answer.body().length()).isGreaterThan(3 * 1024 * 1024);
  }

  @Test
  void a_writer_that_fails_before_anything_was_sent_gets_a_proper_503() throws IOException {
    try (Logged log = Logged.of(Exchange.class.getName())) {
      for (String path : new String[] {"/early", "/short"}) {
        Wire.Answer answer = Wire.get(server, path);
        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      }
      assertThat(log.events()).hasSize(2);
    }
  }

  @Test
  void a_writer_that_fails_later_is_seen_as_a_cut_and_never_as_an_end() throws IOException {
    try (Logged log = Logged.of(Exchange.class.getName())) {
      Wire.Answer chunked = Wire.get(server, "/late");
      assertThat(chunked.status()).isEqualTo(200);
      assertThat(chunked.body()).doesNotContain("\r\n0\r\n\r\n");
      for (String path : new String[] {"/late-known", "/shorter", "/long"}) {
        Wire.Answer counted = Wire.get(server, path);
        long declared = Long.parseLong(counted.header("Content-Length"));
        assertThat((long) counted.body().replace("<reset>", "").length())
            .as(path)
            .isLessThan(declared);
      }
      assertThat(log.events()).hasSize(4);
    }
  }

  @Test
  void a_client_that_leaves_is_no_error() throws Exception {
    try (Logged log = Logged.of(Exchange.class.getName())) {
      try (Wire wire = Wire.to(server)) {
        wire.send(Wire.request("GET", "/endless"));
        assertThat(wire.in().readNBytes(1000)).hasSize(1000);
      }
      assertThat(goneSeen.get(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(Wire.get(server, "/known").status()).isEqualTo(200);
      assertThat(log.events()).isEmpty();
    }
  }
}
