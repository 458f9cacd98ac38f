package dev.wellhead.server.http;

/// Says in one sentence, fit for the operator, why the server cannot listen as its settings ask.
public final class HttpRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  HttpRefusedException(String sentence) {
    super(sentence);
  }

  HttpRefusedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
