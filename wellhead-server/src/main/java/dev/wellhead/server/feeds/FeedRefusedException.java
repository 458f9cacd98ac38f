package dev.wellhead.server.feeds;

import java.io.Serial;

/// A feed that was not loaded, or not wholly; the message is a sentence, and what was held is still
/// there.
public final class FeedRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  FeedRefusedException(String message) {
    super(message);
  }
}
