package dev.wellhead.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a load saw: how many answers, which, how wrong, how late.
public final class Outcome {
  private static final int MOST_KINDS = 16;

  private final Samples latency = new Samples();
  private final Samples firstByte = new Samples();
  private final Map<String, Long> kinds = new TreeMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private @Nullable String lastLine;
  private long lastCount;
  private long wrong;
  private long unanswered;
  private long bytes;
  private long connects;
  private double seconds;

  Outcome() {}

  void answered(Answer answer, boolean right, long latencyNanos, long firstByteNanos) {
    count(answer.line());
    wrong += right ? 0 : 1;
    bytes += answer.length();
    latency.add(latencyNanos);
    firstByte.add(firstByteNanos);
  }

  /// A request that had no whole answer when the load ended: it waited at least this long, and is
  /// counted so, for leaving it out would flatter the server.
  void unanswered(long waitedNanos) {
    unanswered++;
    latency.add(waitedNanos);
  }

  void fault(String what) {
    faults.merge(faults.size() < MOST_KINDS ? what : "others", 1L, Long::sum);
  }

  void connected() {
    connects++;
  }

  void ended(double afterSeconds) {
    seconds = afterSeconds;
  }

  /// Equal answers mostly come one after another: only a change touches the map.
  private void count(String line) {
    if (line.equals(lastLine)) {
      lastCount++;
      return;
    }
    flush();
    lastLine = line;
    lastCount = 1;
  }

  private void flush() {
    if (lastLine != null) {
      boolean room = kinds.size() < MOST_KINDS || kinds.containsKey(lastLine);
      kinds.merge(room ? lastLine : "others", lastCount, Long::sum);
      lastLine = null;
    }
  }

  /// Whole answers.
  public long answered() {
    return firstByte.count();
  }

  /// Whole answers that are not what was expected.
  public long wrong() {
    return wrong;
  }

  /// Requests that were due and had no whole answer in the end.
  public long unanswered() {
    return unanswered;
  }

  /// Connections that broke or answers that were none.
  public long faulty() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  long latencyNanos(double quantile) {
    return latency.quantile(quantile);
  }

  /// How often each distinct answer came, as `status length sha256`.
  public Map<String, Long> kinds() {
    flush();
    return Map.copyOf(kinds);
  }

  /// The whole as one line of JSON; durations in milliseconds.
  public String json() {
    flush();
    return String.format(
        Locale.ROOT,
        "{\"answered\":%d,\"wrong\":%d,\"unanswered\":%d,\"faults\":%s,\"connects\":%d,"
            + "\"bytes\":%d,\"seconds\":%.4f,\"latency_ms\":%s,\"first_byte_ms\":%s,"
            + "\"answers\":%s}",
        answered(),
        wrong,
        unanswered,
        object(faults),
        connects,
        bytes,
        seconds,
        latency.json(),
        firstByte.json(),
        object(kinds));
  }

  private static String object(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// A JSON string; what a server made us say may hold anything.
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
