package dev.wellhead.server.db;

/// The database cannot be used at all; the message is one sentence for the operator that says what,
/// where and what to do.
public final class DatabaseRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  DatabaseRefusedException(String message) {
    super(message);
  }

  DatabaseRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
