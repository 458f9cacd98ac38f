package dev.wellhead.server.upstream;

import java.io.Serial;

/// Settings with which no upstream can be asked; the message is a sentence for the operator.
public final class UpstreamRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  UpstreamRefusedException(String message) {
    super(message);
  }
}
