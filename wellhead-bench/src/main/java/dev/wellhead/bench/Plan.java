package dev.wellhead.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One load: whom to ask for what, how many at once, how fast, for how long, and what must come.
///
/// @param requests at most so many are sent
/// @param time at most so long requests are sent
/// @param grace so long answers are waited for after that; whatever is open then counts as
///   unanswered
public record Plan(
    Target target,
    int connections,
    Pace pace,
    long requests,
    Duration time,
    Duration grace,
    Checks checks) {

  private static final long MOST_REQUESTS = 10_000_000;

  public Plan {
    if (connections < 1 || connections > 16_000) {
      throw new IllegalArgumentException("connections lie between 1 and 16,000");
    }
    if (requests < 1 || requests > MOST_REQUESTS) {
      throw new IllegalArgumentException("requests lie between 1 and 10,000,000");
    }
    if (time.isNegative() || time.plus(grace).compareTo(Duration.ofMinutes(20)) > 0) {
      throw new IllegalArgumentException("a load with its grace takes at most 20 minutes");
    }
  }

  /// Whom to ask for what.
  ///
  /// @param headers whole lines, such as `Accept: text/html`
  public record Target(String host, int port, String path, List<String> headers) {
    public Target {
      headers = List.copyOf(headers);
    }

    /// The bytes of the request as text.
    String request() {
      StringBuilder text = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
      text.append("Host: ").append(host).append(':').append(port).append("\r\n");
      headers.forEach(line -> text.append(line).append("\r\n"));
      return text.append("\r\n").toString();
    }
  }

  /// What must come back and how often the body is hashed.
  ///
  /// @param hashEvery 1 hashes every body, 10 every tenth of a connection; status and length are
  ///   always checked
  public record Checks(Expectation expectation, int hashEvery) {
    public Checks {
      if (hashEvery < 1) {
        throw new IllegalArgumentException("hash every first, second, ... body: 1 or more");
      }
    }
  }

  /// Reads a plan from words of the form `name=value`; `header=` may come more than once.
  public static Plan parse(List<String> words) throws MalformedPlanException {
    Map<String, String> given = new LinkedHashMap<>();
    List<String> headers = new ArrayList<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new MalformedPlanException("not of the form name=value: " + word);
      }
      String name = word.substring(0, equals);
      String value = word.substring(equals + 1);
      if (name.equals("header")) {
        headers.add(value);
      } else if (given.put(name, value) != null) {
        throw new MalformedPlanException("given twice: " + name);
      }
    }
    Words known = new Words(given);
    try {
      Plan plan =
          new Plan(
              new Target(
                  known.text("host", "127.0.0.1"),
                  (int) known.number("port", 0),
                  known.text("path", "/"),
                  headers),
              (int) known.number("connections", 1),
              known.pace(),
              known.number("requests", MOST_REQUESTS),
              Duration.ofMillis(known.number("millis", 10_000)),
              Duration.ofMillis(known.number("grace-millis", 10_000)),
              new Checks(known.expectation(), (int) known.number("hash-every", 1)));
      known.mustBeUsedUp();
      return plan;
    } catch (IllegalArgumentException e) {
      throw new MalformedPlanException(String.valueOf(e.getMessage()));
    }
  }

  /// The words of a plan that are still to be read.
  private record Words(Map<String, String> left) {

    String text(String name, String otherwise) {
      String value = left.remove(name);
      return value == null ? otherwise : value;
    }

    long number(String name, long otherwise) {
      String value = left.remove(name);
      return value == null ? otherwise : Long.parseLong(value);
    }

    Pace pace() {
      String rate = left.remove("rate");
      return rate == null ? new Pace.AsAnswered() : new Pace.Steady(Double.parseDouble(rate));
    }

    Expectation expectation() {
      return new Expectation(
          (int) number("status", 0), number("length", -1), left.remove("sha256"));
    }

    void mustBeUsedUp() throws MalformedPlanException {
      if (!left.isEmpty()) {
        throw new MalformedPlanException("unknown: " + String.join(", ", left.keySet()));
      }
    }
  }
}
