package dev.wellhead.server.boot;

/// Wellhead cannot do what was asked of it. The message is what the person reads: what, where, and
/// what to do; the program ends with exit code 1.
class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
