package dev.wellhead.server.http;

import java.time.Duration;

/// What one server lets its clients take.
///
/// @param connections open at once; more wait unaccepted in the listen queue
/// @param handlers running at once on virtual threads; more are told 503 with `Retry-After`
/// @param headerBytes a request line, and the headers after it, may have; beyond them 414 and 431
/// @param idle how long a connection may stay without a byte moving
/// @param grace how long [HttpServer#close()] waits for requests in flight
public record HttpLimits(
    int connections, int handlers, int headerBytes, Duration idle, Duration grace) {
  public HttpLimits {
    if (connections < 1 || handlers < 1) {
      throw new IllegalArgumentException("at least one connection and one handler are needed");
    }
    if (headerBytes < 1024 || headerBytes > 1024 * 1024) {
      throw new IllegalArgumentException("headerBytes outside 1 KiB to 1 MiB: " + headerBytes);
    }
    if (!idle.isPositive() || grace.isNegative()) {
      throw new IllegalArgumentException("idle must be positive, grace not negative");
    }
  }

  /// Fits one machine with a few thousand clients.
  public static HttpLimits usual() {
    return new HttpLimits(8_192, 1_024, 8_192, Duration.ofSeconds(60), Duration.ofSeconds(30));
  }
}
