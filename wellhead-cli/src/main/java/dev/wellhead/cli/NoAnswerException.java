package dev.wellhead.cli;

/// The server gave no answer that can be used; the message is the sentence for the person.
final class NoAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  NoAnswerException(String message) {
    super(message);
  }

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
