package dev.wellhead.server.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.client.Response;

/// The head of an answer, and its body still to be read.
///
/// @param at where it was given, after redirects
record Reply(URI at, Response head, Body body) implements AutoCloseable {
  /// A rest of at most so many bytes is read to its end, since that keeps the connection.
  private static final int SMALL = 16 * 1024;

  int status() {
    return head.getStatus();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(head.getHeaders().get(name));
  }

  /// The media type alone, in lower case; empty where none was sent.
  String contentType() {
    String whole = header("Content-Type").orElse("");
    int end = whole.indexOf(';');
    return (end < 0 ? whole : whole.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// In sentences.
  String name() {
    return Words.url(at);
  }

  /// Drops a body that nobody wants.
  @Override
  public void close() throws NoAnswerException {
    if (!body.isOver() && body.announced() >= 0 && body.announced() <= SMALL) {
      body.next(SMALL + 1);
    }
    body.close();
  }
}
