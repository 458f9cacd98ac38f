package dev.wellhead.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 answers to GET from bytes as they come, in pieces of any size (RFC 9112).
///
/// It never holds a body: it counts and hashes it. An answer without a length and without chunks,
/// which would end with the connection, is refused, since nobody could tell it from a torn one.
final class AnswerReader {
  private static final int LONGEST_HEAD = 16_384;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    DONE
  }

  private final MessageDigest digest;
  private final StringBuilder line = new StringBuilder();
  private byte[] head = new byte[512];
  private int headLength;
  private int matched;
  private State state = State.HEAD;
  private boolean hashing;
  private int status;
  private long left;
  private long length;
  private boolean closes;

  AnswerReader(MessageDigest digest) {
    this.digest = digest;
  }

  /// Makes ready for the next answer; `hash` says whether its body is hashed.
  void begin(boolean hash) {
    digest.reset();
    hashing = hash;
    headLength = 0;
    matched = 0;
    length = 0;
    closes = false;
    line.setLength(0);
    state = State.HEAD;
  }

  /// Whether a byte of the body, or the end of an answer without one, was seen.
  boolean bodyBegan() {
    return state != State.HEAD && (length > 0 || state == State.DONE);
  }

  /// Whether the server said that it closes the connection after this answer.
  boolean closes() {
    return closes;
  }

  /// Takes bytes; the answer once it is whole, else `null`.
  @Nullable Answer feed(byte[] bytes, int end) throws MalformedAnswerException {
    int at = 0;
    while (at < end && state != State.DONE) {
      at =
          switch (state) {
            case HEAD -> takeHead(bytes, at, end);
            case BODY, CHUNK_DATA -> takeBody(bytes, at, end);
            case CHUNK_SIZE, CHUNK_END, TRAILER -> takeLine(bytes, at);
            case DONE -> at;
          };
    }
    if (state != State.DONE) {
      return null;
    }
    if (at < end) {
      throw new MalformedAnswerException((end - at) + " bytes follow a whole answer");
    }
    String sha256 = hashing ? HexFormat.of().formatHex(digest.digest()) : null;
    return new Answer(status, length, sha256);
  }

  private int takeHead(byte[] bytes, int from, int end) throws MalformedAnswerException {
    int at = from;
    while (at < end && matched < END_OF_HEAD.length) {
      byte next = bytes[at++];
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    int piece = at - from;
    if (headLength + piece > LONGEST_HEAD) {
      throw new MalformedAnswerException("a head of more than " + LONGEST_HEAD + " bytes");
    }
    if (headLength + piece > head.length) {
      head = Arrays.copyOf(head, Math.max(head.length * 2, headLength + piece));
    }
    System.arraycopy(bytes, from, head, headLength, piece);
    headLength += piece;
    if (matched == END_OF_HEAD.length) {
      understandHead();
    }
    return at;
  }

  private void understandHead() throws MalformedAnswerException {
    String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 ") || headLength < 16) {
      throw new MalformedAnswerException("no HTTP/1.1 answer");
    }
    status = (int) number(text.substring(9, 12), 10);
    boolean chunked = false;
    left = -1;
    for (int start = text.indexOf("\r\n") + 2; start < headLength - 2; ) {
      int stop = text.indexOf("\r\n", start);
      if (field(text, start, "content-length:")) {
        left = number(text.substring(start + 15, stop).strip(), 10);
      } else if (field(text, start, "transfer-encoding:")) {
        chunked = text.substring(start + 18, stop).strip().equalsIgnoreCase("chunked");
      } else if (field(text, start, "connection:")) {
        closes = text.substring(start + 11, stop).toLowerCase(Locale.ROOT).contains("close");
      }
      start = stop + 2;
    }
    if (status == 204 || status == 304) {
      state = State.DONE;
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (left < 0) {
      throw new MalformedAnswerException("neither a length nor chunks");
    } else {
      state = left == 0 ? State.DONE : State.BODY;
    }
  }

  private static boolean field(String text, int start, String name) {
    return text.regionMatches(true, start, name, 0, name.length());
  }

  private int takeBody(byte[] bytes, int from, int end) {
    int piece = (int) Math.min(left, end - from);
    if (hashing) {
      digest.update(bytes, from, piece);
    }
    length += piece;
    left -= piece;
    if (left == 0) {
      state = state == State.BODY ? State.DONE : State.CHUNK_END;
    }
    return from + piece;
  }

  private int takeLine(byte[] bytes, int from) throws MalformedAnswerException {
    byte next = bytes[from];
    if (next != '\n') {
      line.append((char) (next & 0xff));
      if (line.length() > LONGEST_HEAD) {
        throw new MalformedAnswerException("a chunk line without end");
      }
      return from + 1;
    }
    String text = line.toString().strip();
    line.setLength(0);
    switch (state) {
      case CHUNK_SIZE -> {
        int semicolon = text.indexOf(';');
        left = number(semicolon < 0 ? text : text.substring(0, semicolon).strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK_DATA;
      }
      case CHUNK_END -> {
        if (!text.isEmpty()) {
          throw new MalformedAnswerException("a chunk longer than it said");
        }
        state = State.CHUNK_SIZE;
      }
      case TRAILER -> state = text.isEmpty() ? State.DONE : State.TRAILER;
      case HEAD, BODY, CHUNK_DATA, DONE -> throw new IllegalStateException("no line in " + state);
    }
    return from + 1;
  }

  private static long number(String text, int radix) throws MalformedAnswerException {
    try {
      long value = Long.parseLong(text, radix);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with the text that is no number.
    }
    throw new MalformedAnswerException("not a number: " + text);
  }
}
