package dev.wellhead.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String SHA256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  private static final String SHA256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void a_body_with_a_length_is_read_whole_in_pieces_of_any_size() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\nhello";
    for (int piece = 1; piece <= answer.length(); piece++) {
      assertThat(read(answer, piece)).isEqualTo(new Answer(200, 5, SHA256_OF_HELLO));
    }
  }

  @Test
  void a_body_in_chunks_is_read_whole_in_pieces_of_any_size() throws Exception {
    String chunks = String.join("\r\n", "2;why=not", "he", "3", "llo", "0", "Trailer: x", "", "");
    String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
    for (int piece = 1; piece <= answer.length(); piece++) {
      assertThat(read(answer, piece)).isEqualTo(new Answer(200, 5, SHA256_OF_HELLO));
    }
  }

  @Test
  void a_304_has_no_body_whatever_length_it_names() throws Exception {
    assertThat(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 7))
        .isEqualTo(new Answer(304, 0, SHA256_OF_NOTHING));
  }

  @Test
  void a_torn_body_is_no_answer() throws Exception {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", 100)).isNull();
  }

  @Test
  void an_answer_that_closes_the_connection_says_so() throws Exception {
    AnswerReader reader = reader();
    byte[] bytes = bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertThat(reader.feed(bytes, bytes.length)).isEqualTo(new Answer(200, 0, SHA256_OF_NOTHING));
    assertThat(reader.closes()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void what_is_no_sound_answer_is_refused(String answer) {
    assertThatThrownBy(() -> read(answer, 1_000)).isInstanceOf(MalformedAnswerException.class);
  }

  @Test
  void an_endless_head_is_refused() {
    String endless = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000);
    assertThatThrownBy(() -> read(endless, 1_000)).hasMessageContaining("a head of more than");
  }

  private static @Nullable Answer read(String answer, int piece) throws Exception {
    AnswerReader reader = reader();
    byte[] bytes = bytes(answer);
    Answer whole = null;
    for (int from = 0; from < bytes.length; from += piece) {
      int length = Math.min(piece, bytes.length - from);
      byte[] part = new byte[length];
      System.arraycopy(bytes, from, part, 0, length);
      whole = reader.feed(part, length);
    }
    return whole;
  }

  private static AnswerReader reader() throws NoSuchAlgorithmException {
    AnswerReader reader = new AnswerReader(MessageDigest.getInstance("SHA-256"));
    reader.begin(true);
    return reader;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
