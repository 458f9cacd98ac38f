package dev.wellhead.server.http;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a body as it comes into being; runs on a virtual thread and may block.
///
/// When it throws after bytes left the house, the connection is cut, so that the client sees a
/// truncated answer and never takes half a file for a whole one. An [IOException] that `out` threw
/// (the client is gone) should be let through. Before anything left it can still give another
/// answer by a [NoBodyException].
@FunctionalInterface
public interface BodyWriter {
  /// Writes everything to `out`; closing it is neither needed nor harmful.
  void writeTo(OutputStream out) throws IOException;
}
