package dev.wellhead.server.blob;

import java.io.IOException;

/// The disk has less room than is needed. The message names no path, so that it may be told to
/// anybody.
public final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1L;

  NoRoomException(long needed, long free) {
    super("it needs " + needed + " bytes, and the disk has " + free + " left");
  }
}
