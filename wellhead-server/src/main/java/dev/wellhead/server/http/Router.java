package dev.wellhead.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the handler of a path.
///
/// Of several patterns that fit, the one with the earlier literal segment wins, whatever the order
/// they were given in.
public final class Router {
  private final MemoryHandler memory;
  private final ProblemPages problems;
  private final List<Route> routes;
  private final List<Place> places;

  private Router(Builder builder) {
    this.memory = builder.memory;
    this.problems = builder.problems;
    this.routes = List.copyOf(builder.routes);
    List<Place> sorted = new ArrayList<>(builder.places.values());
    sorted.sort(Comparator.comparing(Place::pattern));
    this.places = List.copyOf(sorted);
  }

  /// Begins a router without routes.
  public static Builder builder() {
    return new Builder();
  }

  /// Every route, in the order given.
  public List<Route> routes() {
    return routes;
  }

  MemoryHandler memory() {
    return memory;
  }

  ProblemPages problems() {
    return problems;
  }

  /// What stands at `path`: first the places that know `method`, then those that do not.
  Found find(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    Set<String> allowed = null;
    String pattern = null;
    for (Place place : places) {
      Map<String, String> parameters = place.pattern().match(path);
      if (parameters == null) {
        continue;
      }
      Handler handler = place.handlers().get(asked);
      if (handler != null) {
        return new Found.Answered(place.pattern().toString(), parameters, handler);
      }
      allowed = allowed == null ? new TreeSet<>() : allowed;
      allowed.addAll(place.handlers().keySet());
      pattern = place.pattern().toString();
    }
    if (allowed == null || pattern == null) {
      return new Found.Nothing();
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new Found.OtherMethods(pattern, String.join(", ", allowed));
  }

  /// What a path leads to.
  sealed interface Found {
    /// A handler, by the place `pattern`.
    record Answered(String pattern, Map<String, String> parameters, Handler handler)
        implements Found {}

    /// A place that knows only the methods in `allow`.
    record OtherMethods(String pattern, String allow) implements Found {}

    /// No place at all.
    record Nothing() implements Found {}
  }

  private record Place(PathPattern pattern, Map<String, Handler> handlers) {}

  /// Gathers routes.
  public static final class Builder {
    private MemoryHandler memory = request -> Optional.empty();
    private ProblemPages problems = (request, problem) -> Optional.empty();
    private final List<Route> routes = new ArrayList<>();
    private final Map<PathPattern, Place> places = new TreeMap<>();

    private Builder() {}

    /// The handler that is asked first, for every GET and HEAD.
    public Builder memory(MemoryHandler handler) {
      memory = handler;
      return this;
    }

    /// What makes pages of problems; without it everybody gets problem documents.
    public Builder problems(ProblemPages pages) {
      problems = pages;
      return this;
    }

    /// Answers `method` on paths like `/simple/{project}/`, where a parameter is one whole segment,
    /// or `/files/{path...}`, where the last one is all that follows. A route for GET answers HEAD
    /// as well.
    public Builder route(String method, String pattern, Handler handler) {
      PathPattern parsed = PathPattern.parse(pattern);
      Place place = places.computeIfAbsent(parsed, key -> new Place(key, new TreeMap<>()));
      if (!place.pattern().toString().equals(pattern)
          || place.handlers().putIfAbsent(method, handler) != null) {
        throw new IllegalArgumentException(
            method + " " + pattern + " clashes with " + place.pattern());
      }
      routes.add(new Route(method, pattern));
      return this;
    }

    /// The router.
    public Router build() {
      return new Router(this);
    }
  }
}
