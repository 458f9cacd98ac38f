package dev.wellhead.server.http;

import java.util.Optional;

/// Answers from memory alone, on the thread that serves all other connections as well.
///
/// It is asked for every GET and HEAD before any thread is started, so that a page in memory and a
/// 304 cost what they cost a static file server. It must never block: no file, no lock that is held
/// over I/O, no database. An empty answer sends the request to its [Handler].
@FunctionalInterface
public interface MemoryHandler {
  /// The answer, or empty when memory alone cannot tell. A returned [Response] may be one that was
  /// given before.
  Optional<Response> answer(Request request);
}
