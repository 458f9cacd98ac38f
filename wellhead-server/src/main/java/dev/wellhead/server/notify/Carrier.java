package dev.wellhead.server.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Brings messages to one destination.
interface Carrier {
  /// How many events it takes with it at once.
  int most();

  /// Brings them, or says why not: the end of a sentence, from whatever came back, however long.
  ///
  /// @return empty when the destination has taken them
  Optional<String> carry(List<AlarmEvent> events, Instant now) throws InterruptedException;
}
