package dev.wellhead.testkit.transcript;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a transcript is played on: a server, its clock and the upstream behind it.
///
/// The transcript owns the order of things and the stage owns how they are done. A stage serves one
/// transcript and is closed by whoever opened it.
public interface Stage extends AutoCloseable {

  /// Makes a stage for one transcript.
  interface Opener {
    /// A fresh stage, with the `setting NAME VALUE` lines from the top of the transcript.
    ///
    /// @throws Exception when the server does not start: the transcript fails
    Stage open(Map<String, String> settings) throws Exception;
  }

  /// Where requests go: scheme, host and port, no path.
  URI address();

  /// Sets the clock.
  void clock(Instant now);

  /// Moves the clock on.
  void advance(Duration by);

  /// Changes the upstream as the words of one `upstream …` line say.
  ///
  /// @throws IllegalArgumentException with a sentence when it does not know the words
  void upstream(List<String> words) throws Exception;

  /// Lets whoever runs the server do what the words of one `house …` line say.
  ///
  /// @throws IllegalArgumentException with a sentence when it does not know the words
  default void house(List<String> words) throws Exception {
    throw new IllegalArgumentException("nobody runs this server: " + words.getFirst());
  }

  /// How many requests the upstream has had for `path` so far, or for any path where it is `*`.
  long asked(String path);

  @Override
  void close() throws IOException;
}
