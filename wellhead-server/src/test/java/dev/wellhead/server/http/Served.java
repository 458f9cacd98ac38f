package dev.wellhead.server.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Servers for tests, on a port of the system's choice.
final class Served {
  static final HttpLimits LIMITS =
      new HttpLimits(200, 64, 8_192, Duration.ofSeconds(10), Duration.ofSeconds(5));

  private Served() {}

  static HttpServer with(Router.Builder routes) throws HttpRefusedException {
    return with(plain(LIMITS), routes);
  }

  static HttpServer with(HttpSettings settings, Router.Builder routes) throws HttpRefusedException {
    return HttpServer.start(
        settings,
        routes.build(),
        new SimpleMeterRegistry(),
        System::nanoTime,
        RandomGenerator.getDefault());
  }

  static HttpSettings plain(HttpLimits limits) {
    return new HttpSettings("127.0.0.1", 0, null, List.of(), limits, null, false);
  }

  static Response text(String body) {
    return Response.status(200)
        .bytes("text/plain", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
