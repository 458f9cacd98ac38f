package dev.wellhead.server.feeds;

import java.io.InputStream;
import java.net.URI;

/// Gets what a feed's URL has, within limits of time that are the implementation's.
public interface Fetcher {
  /// Asks for `url`; reading the body blocks and may fail with an `IOException` that is a sentence.
  Answer fetch(URI url);

  /// What came of it.
  sealed interface Answer {
    /// The body as it arrives; must be closed.
    ///
    /// @param length in bytes, -1 where nobody said
    record Open(InputStream body, long length) implements Answer {}

    /// There is nothing at that URL.
    record Absent(int status) implements Answer {}

    /// No answer, or none that can be used: a sentence.
    record Failed(String why) implements Answer {}
  }
}
