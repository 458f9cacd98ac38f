package dev.wellhead.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @Test
  void clock_upstream_and_settings_reach_the_stage_in_order() throws Exception {
    play(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        """
        # Order.
        setting public-url https://packages.example.test
        clock 2026-01-10T12:00:00Z
        upstream six-9.0.tar.gz uploaded 2026-01-10T11:00:00Z yanked "two words"
        advance 10m
        asked 3 /simple/six/
        """);
    assertThat(told)
        .containsExactly(
            "{public-url=https://packages.example.test}",
            "clock 2026-01-10T12:00:00Z",
            "[six-9.0.tar.gz, uploaded, 2026-01-10T11:00:00Z, yanked, two words]",
            "advance PT10M",
            "asked /simple/six/",
            "closed");
  }

  @Test
  void a_request_is_sent_as_written_with_what_was_saved_before() throws Exception {
    play(
        "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\nContent-Length: 2\r\n\r\nok",
        """
        # Saving.
        GET /a/../b%zz{x*5}
          status 200   reason "OK"   header ETag "\\"abc\\""   save etag as $e
        GET /again
          > If-None-Match: $e
          has "ok"   length 2   same-as-last
        """);
    assertThat(requests.get(0)).startsWith("GET /a/../b%zzxxxxx HTTP/1.1\r\nHost: 127.0.0.1:");
    assertThat(requests.get(1)).contains("\r\nIf-None-Match: \"abc\"\r\n");
  }

  @Test
  void raw_bytes_go_out_untouched() throws Exception {
    play(
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
        """
        # Raw.
        RAW "GET /\\0\\xff HTTP/1.1\\r\\n\\r\\n"
          status 400   empty
        """);
    assertThat(requests.get(0)).isEqualTo("GET /\0\u00ff HTTP/1.1\r\n\r\n");
  }

  @Test
  void files_are_found_in_both_forms_of_a_page() throws Exception {
    String checks =
        """
        # Files.
        GET /simple/six/
          file "six-1.whl" yanked "a \\"b\\" & c" requires-python ">=3" sha256 00
          file "six-2.whl" not-yanked   files 2   no-file "six-3.whl"
          save url "six-1.whl" as $u
        GET $u
          status 200
        """;
    play(
        page(
            "application/vnd.pypi.simple.v1+json",
            """
            {"files": [{"filename": "six-1.whl", "url": "../../files/x/six-1.whl",
              "hashes": {"sha256": "00"}, "yanked": "a \\"b\\" & c", "requires-python": ">=3"},
              {"filename": "six-2.whl", "url": "../../files/x/six-2.whl", "yanked": false}]}
            """),
        checks);
    play(
        page(
            "text/html",
            """
            <a href="../../files/x/six-1.whl#sha256=00" data-requires-python="&gt;=3"
             data-yanked="a &quot;b&quot; &amp; c">six-1.whl</a>
            <a href="../../files/x/six-2.whl#sha256=11">six-2.whl</a>
            """),
        checks);
    assertThat(requests.get(1)).startsWith("GET /files/x/six-1.whl HTTP/1.1");
    assertThat(requests.get(3)).startsWith("GET /files/x/six-1.whl HTTP/1.1");
  }

  @Test
  void json_is_asked_by_path() throws Exception {
    play(
        page(
            "application/json",
            """
            {"meta": {"api-version": "1.4"}, "files": [{"filename": "a", "size": 7, "yanked": false}]}
            """),
        """
        # JSON.
        GET /
          json $.meta.api-version "1.4"   json $.files[0].size 7   json $.files[-1].yanked false
          json $.files[?filename=a].size 7   json-length $.files 1   no-json $.files[0].url
        """);
  }

  @Test
  void a_link_that_leads_to_another_host_is_wrong() {
    assertThatThrownBy(() ->
            play(
                page("text/html", "<a href=\"https://other.test/six-1.whl\">six-1.whl</a>"),
                """
                # Links.
                GET /simple/six/
                  save url "six-1.whl" as $u
                """))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("t.txt:3: save: the link leads to another host");
  }

  @Test
  void what_did_not_come_true_is_told_with_its_line_and_the_whole_exchange() {
    assertThatThrownBy(() ->
            play(
                "HTTP/1.1 404 Not Here\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\ngone",
                """
                # Failures are readable.
                GET /simple/six/
                  > Accept: text/html
                  type text/plain
                  status 200
                """))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("t.txt:5: the status is '404', expected was '200'")
        .hasMessageContaining("# Failures are readable.")
        .hasMessageContaining("Accept: text/html")
        .hasMessageContaining("HTTP/1.1 404 Not Here")
        .hasMessageContaining("gone");
  }

  @Test
  void a_body_of_another_length_than_announced_is_no_sound_answer() {
    assertUnsound("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok", "after 2 of 5 announced bytes");
    assertUnsound(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nok", "bytes follow");
    assertUnsound(
        "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\nok", "bytes follow the end");
    assertUnsound("", "closed within the head");
  }

  @Test
  void slips_of_the_pen_are_errors_of_the_transcript() {
    assertSlip("# x\nGET /\n  statsu 200\n", "t.txt:3: unknown expectation 'statsu'");
    assertSlip("# x\nGET /\n", "t.txt:2: a request without a single expectation");
    assertSlip("# x\nget /\n", "t.txt:2: neither a directive nor a request");
    assertSlip("# x\n  status 200\n", "t.txt:2: an indented line belongs to a request");
    assertSlip("# x\nGET /\n  has \"a\n", "t.txt:3: a quote is opened and never closed");
    assertSlip("# x\nGET /\n  save etag $e\n", "t.txt:3: 'save' reads");
    assertSlip("# x\nadvance soon\n", "t.txt:2: not a duration: soon");
    assertSlip("GET /\n  status 200\n", "t.txt:1: the first line is a comment");
  }

  @Test
  void a_name_that_was_never_saved_is_an_error() {
    assertThatThrownBy(() -> play("", "# x\nGET /$u\n  status 200\n"))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("t.txt:2: nothing was saved as $u");
  }

  private void assertUnsound(String answer, String why) {
    assertThatThrownBy(() -> play(answer, "# x\nGET /\n  status 200\n"))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("no sound answer")
        .hasMessageContaining(why);
  }

  private static void assertSlip(String text, String why) {
    assertThatThrownBy(() -> transcript(text))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining(why);
  }

  private static String page(String type, String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static Transcript transcript(String text) {
    return new TranscriptReader("t.txt").read(text.lines().toList());
  }

  private void play(String answer, String text) throws Exception {
    transcript(text)
        .play(settings -> {
          told.add(settings.toString());
          return new Canned(answer);
        });
  }

  /// Answers every request with the same bytes.
  private final class Canned implements Stage {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String answer;

    Canned(String answer) throws IOException {
      this.answer = answer;
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      while (true) {
        try (Socket socket = server.accept()) {
          requests.add(head(socket.getInputStream()));
          OutputStream out = socket.getOutputStream();
          out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
        } catch (IOException e) {
          return;
        }
      }
    }

    private String head(InputStream in) throws IOException {
      StringBuilder out = new StringBuilder();
      while (out.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        out.append((char) b);
      }
      return out.toString();
    }

    @Override
    public URI address() {
      return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void clock(Instant now) {
      told.add("clock " + now);
    }

    @Override
    public void advance(Duration by) {
      told.add("advance " + by);
    }

    @Override
    public void upstream(List<String> words) {
      told.add(words.toString());
    }

    @Override
    public long asked(String path) {
      told.add("asked " + path);
      return 3;
    }

    @Override
    public void close() throws IOException {
      told.add("closed");
      server.close();
    }
  }
}
