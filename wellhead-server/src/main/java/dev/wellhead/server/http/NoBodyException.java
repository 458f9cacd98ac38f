package dev.wellhead.server.http;

import java.io.IOException;

/// Thrown by a [BodyWriter] that finds out that there is no body to write: `answer` is sent instead
/// where nothing has left yet, else the connection is cut.
public final class NoBodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Response answer;

  public NoBodyException(String why, Response answer) {
    super(why);
    this.answer = answer;
  }

  Response answer() {
    return answer;
  }
}
