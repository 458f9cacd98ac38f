package dev.wellhead.testkit.transcript;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One thing that a transcript does.
sealed interface Step {
  Place place();

  record Clock(Place place, Instant now) implements Step {}

  record Advance(Place place, Duration by) implements Step {}

  record Upstream(Place place, List<String> words) implements Step {}

  record House(Place place, List<String> words) implements Step {}

  /// The upstream has been asked for `path` so often by now.
  record Asked(Place place, long times, String path) implements Step {}

  /// A request and what is expected of its answer; `about` is the comment above it.
  record Exchange(Place place, String about, Sent sent, List<Expectation> expectations)
      implements Step {}

  sealed interface Sent {
    record Lines(String method, String target, List<String> headers, List<String> body)
        implements Sent {}

    /// Bytes as they are, each character one byte.
    record Raw(String bytes) implements Sent {}
  }

  /// One expectation: its verb and its words, `$names` not yet replaced.
  record Expectation(Place place, String verb, List<Word> words) {}
}
