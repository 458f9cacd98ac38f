package dev.wellhead.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// The numbers of `/metrics`: requests by route pattern, method and class of status, and what they
/// cost.
///
/// Labels are patterns and known methods, never what a client sent, so that no client can make them
/// grow.
final class Traffic {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry registry;
  private final ConcurrentHashMap<String, RouteMeters> routes = new ConcurrentHashMap<>();

  Traffic(MeterRegistry registry, IntSupplier inFlight, IntSupplier connections) {
    this.registry = registry;
    Gauge.builder("http.server.requests.in.flight", inFlight, IntSupplier::getAsInt)
        .description("Requests being answered now")
        .strongReference(true)
        .register(registry);
    Gauge.builder("http.server.connections", connections, IntSupplier::getAsInt)
        .description("Connections open now")
        .strongReference(true)
        .register(registry);
  }

  /// Counts one answered request.
  void count(String route, String method, int status, long nanos, long bytes) {
    routes.computeIfAbsent(route, RouteMeters::new).count(method, status, nanos, bytes);
  }

  private final class RouteMeters {
    private final String route;
    private final Counter bytes;
    private final ConcurrentHashMap<String, Timer[]> timers = new ConcurrentHashMap<>();

    RouteMeters(String route) {
      this.route = route;
      this.bytes =
          Counter.builder("http.server.response.bytes")
              .description("Bytes of bodies sent")
              .tag("route", route)
              .register(registry);
    }

    void count(String method, int status, long nanos, long sent) {
      String known = METHODS.contains(method) ? method : "other";
      Timer[] classes = timers.computeIfAbsent(known, this::timers);
      classes[Math.clamp(status / 100, 2, 5) - 2].record(nanos, TimeUnit.NANOSECONDS);
      bytes.increment((double) sent);
    }

    private Timer[] timers(String method) {
      Timer[] classes = new Timer[4];
      for (int i = 0; i < classes.length; i++) {
        Tags tags = Tags.of("route", route, "method", method, "status", (i + 2) + "xx");
        classes[i] =
            Timer.builder("http.server.requests")
                .description("Requests answered, and the seconds they took")
                .tags(tags)
                .register(registry);
      }
      return classes;
    }
  }
}
