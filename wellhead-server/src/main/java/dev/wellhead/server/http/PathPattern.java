package dev.wellhead.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pattern of paths, segment by segment; the more literal of two patterns sorts first.
final class PathPattern implements Comparable<PathPattern> {
  private enum Kind {
    LITERAL,
    ONE,
    REST
  }

  private record Segment(Kind kind, String text) {}

  private final String text;
  private final String beginning;
  private final List<Segment> segments;

  private PathPattern(String text, List<Segment> segments) {
    this.text = text;
    int parameter = text.indexOf('{');
    this.beginning = parameter < 0 ? text : text.substring(0, parameter);
    this.segments = segments;
  }

  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a pattern begins with a slash: " + text);
    }
    List<Segment> segments = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      if (!segments.isEmpty() && segments.getLast().kind() == Kind.REST) {
        throw new IllegalArgumentException("nothing may follow {name...}: " + text);
      }
      if (part.startsWith("{") && part.endsWith("...}")) {
        segments.add(new Segment(Kind.REST, part.substring(1, part.length() - 4)));
      } else if (part.startsWith("{") && part.endsWith("}")) {
        segments.add(new Segment(Kind.ONE, part.substring(1, part.length() - 1)));
      } else if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
        throw new IllegalArgumentException("a parameter is one whole segment: " + text);
      } else {
        segments.add(new Segment(Kind.LITERAL, part));
      }
    }
    return new PathPattern(text, List.copyOf(segments));
  }

  /// The parameters of `path`, or null when it does not fit.
  @Nullable Map<String, String> match(String path) {
    if (!path.startsWith(beginning)) {
      return null; // most patterns end here
    }
    Map<String, String> found = Map.of();
    int at = 1;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      int slash = segment.kind() == Kind.REST ? -1 : path.indexOf('/', at);
      if (last != (slash < 0)) {
        return null;
      }
      int end = last ? path.length() : slash;
      if (segment.kind() == Kind.LITERAL) {
        if (end - at != segment.text().length() || !path.startsWith(segment.text(), at)) {
          return null;
        }
      } else if (end == at) {
        return null;
      } else {
        found = with(found, segment.text(), path.substring(at, end));
      }
      at = end + 1;
    }
    return found;
  }

  private static Map<String, String> with(Map<String, String> found, String name, String value) {
    if (found.isEmpty()) {
      return Map.of(name, value);
    }
    Map<String, String> more = new LinkedHashMap<>(found);
    more.put(name, value);
    return more;
  }

  @Override
  public int compareTo(PathPattern other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      Segment mine = segments.get(i);
      Segment theirs = other.segments.get(i);
      int order = mine.kind().compareTo(theirs.kind());
      if (order == 0 && mine.kind() == Kind.LITERAL) {
        order = mine.text().compareTo(theirs.text());
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(other.segments.size(), segments.size());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathPattern pattern && compareTo(pattern) == 0;
  }

  @Override
  public int hashCode() {
    return segments.size();
  }

  @Override
  public String toString() {
    return text;
  }
}
