package dev.wellhead.cli.config;

/// A settings file is not what its client would read, or is written in a way that cannot be changed
/// safely; the message says which, and quotes nothing of it.
final class NotUnderstoodException extends Exception {
  private static final long serialVersionUID = 1;

  NotUnderstoodException(String message) {
    super(message);
  }

  NotUnderstoodException(String message, Throwable cause) {
    super(message, cause);
  }
}
