package dev.wellhead.server.upstream;

import java.time.Duration;

/// How long is waited for what. Time that our own side needs between two reads never counts.
///
/// @param connect for a connection
/// @param firstByte for the head of an answer, once the request is sent
/// @param idle for the next byte of a body
/// @param page for a whole page or list of names, all tries together
/// @param file for the whole body of a file
/// @param queue for one of the host's connections to become free
/// @param slowest bytes a second that a file must bring on average once it took longer than `idle`
public record TimeLimits(
    Duration connect,
    Duration firstByte,
    Duration idle,
    Duration page,
    Duration file,
    Duration queue,
    long slowest) {
  public static final TimeLimits USUAL =
      new TimeLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofSeconds(30),
          1024);
}
