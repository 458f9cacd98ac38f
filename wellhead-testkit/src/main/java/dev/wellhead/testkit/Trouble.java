package dev.wellhead.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/// One way in which an index misbehaves; given to [FakeIndex#trouble].
public sealed interface Trouble {
  /// Answers with this status and a short text.
  record Status(int status, Map<String, String> headers) implements Trouble {
    public Status {
      headers = Map.copyOf(headers);
    }
  }

  /// Redirects there with 302. The own path makes a loop.
  record Redirect(String location) implements Trouble {}

  /// Answers 200 with another body: malformed JSON, a log-in page, nothing.
  record Saying(String contentType, String body) implements Trouble {}

  /// The right page, in HTML where JSON was asked for.
  record InHtml() implements Trouble {}

  /// The right body under another content type.
  record ContentType(String value) implements Trouble {}

  /// The right page with its text edited: another hash, a URL that climbs, a million more keys.
  record Edited(UnaryOperator<String> edit) implements Trouble {}

  /// Reads the request and answers nothing until the latch opens; then answers as it should.
  record StallBeforeHeaders(CountDownLatch until) implements Trouble {}

  /// Sends so many bytes of the body, then nothing until the latch opens; then the rest.
  record StallMidBody(long after, CountDownLatch until) implements Trouble {}

  /// Sends the right body in pieces of so many bytes, one in every such time.
  record Dripping(int bytes, Duration every) implements Trouble {}

  /// Promises the right length and closes the connection after so many bytes of the body.
  record Truncated(long after) implements Trouble {}

  /// Turns one byte of the body over.
  record Corrupt(long at) implements Trouble {}

  /// Sends the right body, then blanks without an end.
  record Endless() implements Trouble {}

  /// A compressed answer that unpacks to so many bytes of blanks.
  record Bomb(long bytes) implements Trouble {}

  /// Closes the connection without an answer.
  record HangUp() implements Trouble {}

  /// Answers as it should and closes the connection without having announced it.
  record CloseAfter() implements Trouble {}

  static Trouble status(int status) {
    return new Status(status, Map.of());
  }

  /// A busy or rate-limited index: `seconds` as `Retry-After` wants them, or a date.
  static Trouble busy(int status, String retryAfter) {
    return new Status(status, Map.of("Retry-After", retryAfter));
  }

  static Trouble malformedJson() {
    return new Saying(FakeIndex.JSON, "{\"meta\": {\"api-version\": \"1.1\"}, \"files\": [{");
  }

  static Trouble html() {
    return new Saying("text/html", "<!DOCTYPE html><title>Sign in</title><p>Please sign in.</p>");
  }

  /// A page of about so many bytes: valid JSON, with one long text that nobody asked for.
  static Trouble hugePage(int bytes) {
    return new Edited(page ->
        "{\"_pad\": \"" + "x".repeat(bytes) + "\", " + page.substring(page.indexOf('{') + 1));
  }

  /// The page names another sha256 than the file has.
  static Trouble wrongHashes() {
    return new Edited(page ->
        page.replaceAll(
            "\"sha256\":\\s*\"[0-9a-f]{64}\"", "\"sha256\":\"" + "0".repeat(64) + "\""));
  }
}
