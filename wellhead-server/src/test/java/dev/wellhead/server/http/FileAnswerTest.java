package dev.wellhead.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileAnswerTest {
  private static final int LARGE = FileSender.WINDOW * 2 + 123_457;
  private static final String ETAG = "\"sha256:ab\"";

  private Path folder;
  private byte[] large = new byte[0];
  private HttpServer server;

  @BeforeAll
  void start(@TempDir Path made) throws Exception {
    folder = made;
    large = new byte[LARGE];
    new Random(7).nextBytes(large);
    FileEntity digits = entity("digits", "0123456789".getBytes(StandardCharsets.US_ASCII));
    FileEntity empty = entity("empty", new byte[0]);
    FileEntity big = entity("big", large);
    FileEntity lost = new FileEntity(folder.resolve("lost"), 10, ETAG, "text/plain");
    FileEntity shorter = new FileEntity(digits.path(), 11, ETAG, "text/plain");
    Map<String, FileEntity> files =
        Map.of("digits", digits, "empty", empty, "big", big, "lost", lost, "shorter", shorter);
    server =
        Served.with(
            Router.builder()
                .route(
                    "GET",
                    "/{name}",
                    request ->
                        FileAnswer.of(
                            request,
                            Objects.requireNonNull(files.get(request.parameter("name"))),
                            Map.of("Cache-Control", "private, no-cache"))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private FileEntity entity(String name, byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve(name), bytes);
    return new FileEntity(path, bytes.length, ETAG, "application/octet-stream");
  }

  @Test
  void the_whole_file_has_its_length_tag_and_headers() throws IOException {
    Wire.Answer answer = Wire.get(server, "/digits");
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.header("Content-Length")).isEqualTo("10");
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("ETag")).isEqualTo(ETAG);
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(Wire.get(server, "/empty").header("Content-Length")).isEqualTo("0");
    assertThat(Wire.get(server, "/empty").status()).isEqualTo(200);
  }

  @Test
  void a_file_of_several_windows_arrives_whole() throws IOException {
    Wire.Answer answer = Wire.get(server, "/big");
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(LARGE));
    assertThat(answer.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(large);
    int from = 100_001;
    Wire.Answer part = Wire.get(server, "/big", "Range: bytes=" + from + "-");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(Arrays.copyOfRange(large, from, LARGE));
  }

  @Test
  void head_promises_what_get_would_send() throws IOException {
    Wire.Answer head = Wire.ask(server, Wire.request("HEAD", "/big", "Range: bytes=0-1"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(LARGE));
    assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,0-0",
    "bytes=0-4,01234,0-4",
    "bytes=5-,56789,5-9",
    "bytes=-3,789,7-9",
    "bytes=-300,0123456789,0-9",
    "bytes=8-99999999999999999999999999,89,8-9",
    "BYTES=9-9,9,9-9"
  })
  void one_range_is_answered_with_206(String range, String body, String sent) throws IOException {
    Wire.Answer answer = Wire.get(server, "/digits", "Range: " + range);
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 206 Partial Content");
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes " + sent + "/10");
    assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
    assertThat(answer.header("ETag")).isEqualTo(ETAG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "bytes=-",
        "bytes=4-2",
        "bytes=a-b",
        "bytes=",
        "lines=0-1",
        "0-1",
        "bytes=0-1-2",
        "bytes=--1",
        "bytes=1-\u00b2"
      })
  void several_or_malformed_ranges_get_the_whole_file(String range) throws IOException {
    Wire.Answer answer = Wire.get(server, "/digits", "Range: " + range);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("0123456789");
  }

  @Test
  void ten_thousand_ranges_cost_one_answer() throws IOException {
    String many = "bytes=" + "0-0,".repeat(1_500) + "1-1";
    assertThat(Wire.get(server, "/digits", "Range: " + many).body()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @CsvSource({
    "digits,bytes=10-",
    "digits,bytes=-0",
    "digits,bytes=99999999999999999999-",
    "empty,bytes=0-"
  })
  void a_range_behind_the_end_is_416(String file, String range) throws IOException {
    Wire.Answer answer = Wire.get(server, "/" + file, "Range: " + range);
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range"))
        .isEqualTo("bytes */" + (file.equals("empty") ? "0" : "10"));
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void if_range_compares_strongly() throws IOException {
    assertThat(part("If-Range: " + ETAG)).isEqualTo("0");
    assertThat(part("If-Range: W/" + ETAG)).isEqualTo("0123456789");
    assertThat(part("If-Range: \"other\"")).isEqualTo("0123456789");
    assertThat(part("If-Range: Tue, 24 Nov 2026 00:00:00 GMT")).isEqualTo("0123456789");
  }

  private String part(String condition) throws IOException {
    return Wire.get(server, "/digits", "Range: bytes=0-0", condition).body();
  }

  @Test
  void if_none_match_goes_before_the_range() throws IOException {
    Wire.Answer answer =
        Wire.get(server, "/digits", "If-None-Match: \"x\", W/" + ETAG, "Range: bytes=0-0");
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(Wire.get(server, "/digits", "If-None-Match: *").status()).isEqualTo(304);
    assertThat(Wire.get(server, "/digits", "If-None-Match: \"x\"").status()).isEqualTo(200);
  }

  @Test
  void a_file_that_is_gone_or_short_is_a_fault_and_never_a_wrong_length() throws IOException {
    try (Logged log = Logged.of(Exchange.class.getName())) {
      for (String name : new String[] {"lost", "shorter"}) {
        Wire.Answer answer = Wire.get(server, "/" + name);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain(folder.toString());
        assertThat(answer.header("ETag")).isEmpty();
      }
      assertThat(log.events()).hasSize(2);
    }
  }

  @Test
  void a_file_stays_mapped_while_it_is_asked_for_and_no_more_than_the_limit() throws Exception {
    Router.Builder routes =
        Router.builder()
            .route(
                "GET",
                "/{name}",
                request -> {
                  Path path = folder.resolve(request.parameter("name"));
                  return FileAnswer.of(
                      request,
                      new FileEntity(path, Files.size(path), ETAG, "application/octet-stream"),
                      Map.of());
                });
    try (HttpServer other = Served.with(routes)) {
      for (int i = 0; i < 8; i++) {
        Files.write(folder.resolve("mapped-" + i), large);
        assertThat(Wire.get(other, "/mapped-" + i).body()).hasSize(LARGE);
      }
      assertThat(mapped("mapped-")).isEqualTo(MappedFiles.TOTAL / LARGE);
      Files.write(folder.resolve("mapped-7"), "another file".repeat(10_000).getBytes(US_ASCII));
      assertThat(Wire.get(other, "/mapped-7").body()).startsWith("another file");
    }
    assertThat(mapped("mapped-")).isZero();
  }

  @Test
  void a_file_larger_than_is_kept_mapped_passes_through_windows() throws Exception {
    long length = MappedFiles.LARGEST + 1_000_001;
    Path path = folder.resolve("windows");
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
      file.seek(length - large.length);
      file.write(large);
    }
    FileEntity entity = new FileEntity(path, length, ETAG, "application/octet-stream");
    Router.Builder routes =
        Router.builder().route("GET", "/f", request -> FileAnswer.of(request, entity, Map.of()));
    try (HttpServer other = Served.with(routes)) {
      assertThat(Wire.get(other, "/f").body()).hasSize((int) length);
      long from = length - large.length;
      Wire.Answer tail = Wire.get(other, "/f", "Range: bytes=" + from + "-");
      assertThat(tail.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(large);
      assertThat(mapped("windows")).isZero();
    }
  }

  @Test
  void a_large_answer_that_is_sent_often_comes_from_a_file_that_has_no_name() throws Exception {
    Path scratch = folder.resolve("scratch");
    Response answer = Response.status(200).bytes("application/octet-stream", large);
    HttpSettings settings =
        new HttpSettings("127.0.0.1", 0, null, List.of(), Served.LIMITS, scratch, false);
    try (HttpServer other =
        Served.with(settings, Router.builder().route("GET", "/f", _ -> answer))) {
      for (int i = 0; i < 20; i++) {
        assertThat(Wire.get(other, "/f").body().getBytes(StandardCharsets.ISO_8859_1))
            .isEqualTo(large);
      }
      assertThat(mapped("scratch/answer-")).isEqualTo(1);
    }
    assertThat(scratch).isEmptyDirectory();
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void a_large_answer_stays_in_memory_where_no_file_can_be_made() throws Exception {
    Path scratch = Files.createFile(folder.resolve("not-a-folder"));
    Response answer = Response.status(200).bytes("application/octet-stream", large);
    HttpSettings settings =
        new HttpSettings("127.0.0.1", 0, null, List.of(), Served.LIMITS, scratch, false);
    try (HttpServer other =
        Served.with(settings, Router.builder().route("GET", "/f", _ -> answer))) {
      for (int i = 0; i < 20; i++) {
        assertThat(Wire.get(other, "/f").body()).hasSize(LARGE);
      }
    }
  }

  private long mapped(String name) throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "needs /proc");
    try (var lines = Files.lines(maps)) {
      return lines.filter(line -> line.contains(folder.resolve(name).toString())).count();
    }
  }
}
