package dev.wellhead.server.index;

import java.io.IOException;

/// The source did not give a stretch of a file; the disk had no part in it.
final class RangeChannelException extends IOException {
  private static final long serialVersionUID = 1L;

  RangeChannelException(String why) {
    super(why);
  }
}
