package dev.wellhead.server.http;

import java.nio.ByteBuffer;

/// The body that a client sent, or the answer for one that cannot be read.
public sealed interface Content {
  /// The longest body that is ever read, in bytes.
  int LONGEST = 4 << 20;

  /// All of it.
  record Sent(ByteBuffer bytes) implements Content {
    public Sent {
      bytes = bytes.asReadOnlyBuffer();
    }

    /// A copy of the bytes.
    public byte[] copy() {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return copy;
    }
  }

  /// What to answer instead: a problem of the 4xx kind.
  record Refused(Response answer) implements Content {}
}
