package dev.wellhead.server.upstream;

import java.time.Duration;

/// How often an index that fails is asked again, and when it is left in peace.
///
/// @param tries for one question, the first included
/// @param firstDelay before the second try; doubled for each further one, and each time shortened
///   by chance to between half and all of it, so that many askers do not come back at once
/// @param longestDelay between two tries; an index that asks for more (`Retry-After`) is not waited
///   for: the question ends
/// @param failures in a row after which a host is not asked any more
/// @param pause until it is asked again, by one question alone
public record Persistence(
    int tries, Duration firstDelay, Duration longestDelay, int failures, Duration pause) {
  public static final Persistence USUAL =
      new Persistence(3, Duration.ofMillis(200), Duration.ofSeconds(5), 5, Duration.ofSeconds(30));

  public Persistence {
    if (tries < 1 || failures < 1) {
      throw new IllegalArgumentException("at least one try and one failure");
    }
  }
}
