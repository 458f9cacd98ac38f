package dev.wellhead.cli.config;

/// What was asked for is not done; the message is the sentence for the person.
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
