package dev.wellhead.server.upstream;

import java.io.IOException;
import java.io.Serial;

/// No answer, or half of one; the message is a sentence. Asking again may help.
final class NoAnswerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  NoAnswerException(String message) {
    super(message);
  }
}
