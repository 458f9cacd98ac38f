package dev.wellhead.server.upstream;

import java.io.IOException;
import java.io.Serial;

/// More bytes than we take; the message is a sentence.
final class TooLongException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  TooLongException(String message) {
    super(message);
  }
}
