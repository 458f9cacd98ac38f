package dev.wellhead.bench;

/// A server sent something that is no HTTP/1.1 answer; the message says what.
final class MalformedAnswerException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAnswerException(String message) {
    super(message);
  }
}
