package dev.wellhead.server.boot;

/// The command line itself is wrong; the program ends with exit code 2.
final class MisuseException extends RefusedException {
  private static final long serialVersionUID = 1;

  MisuseException(String message) {
    super(message);
  }
}
