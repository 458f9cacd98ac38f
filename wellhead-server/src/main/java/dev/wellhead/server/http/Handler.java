package dev.wellhead.server.http;

/// Answers the requests of one route, on a virtual thread, and may block.
///
/// A checked exception is a fault and becomes a 503 problem; an unchecked one is a bug and becomes
/// a 500 problem. Both are logged once, with the request's id, and neither shows the client more
/// than that id.
@FunctionalInterface
public interface Handler {
  /// The answer to `request`.
  Response handle(Request request) throws Exception;
}
