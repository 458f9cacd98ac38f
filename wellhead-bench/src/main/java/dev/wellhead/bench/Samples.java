package dev.wellhead.bench;

import java.util.Arrays;
import java.util.Locale;

/// Durations in nanoseconds, kept whole, so that a percentile is one that really occurred.
final class Samples {
  private long[] nanos = new long[1024];
  private int count;
  private boolean sorted = true;

  void add(long sample) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = sample;
    sorted = false;
  }

  int count() {
    return count;
  }

  /// The smallest sample that at least the share `quantile` of all samples does not exceed (nearest
  /// rank); 0 when there is none.
  long quantile(double quantile) {
    if (count == 0) {
      return 0;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    int rank = (int) Math.ceil(quantile * count);
    return nanos[Math.clamp(rank, 1, count) - 1];
  }

  /// As a JSON object in milliseconds.
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f}",
        quantile(0.5) / 1e6,
        quantile(0.9) / 1e6,
        quantile(0.99) / 1e6,
        quantile(0.999) / 1e6,
        quantile(1) / 1e6);
  }
}
