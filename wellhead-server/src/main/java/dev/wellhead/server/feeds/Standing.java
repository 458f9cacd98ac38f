package dev.wellhead.server.feeds;

import java.time.Instant;

/// Whether a feed can be relied on.
public sealed interface Standing {
  /// It was never loaded: what it would say is not known.
  record NotConfigured() implements Standing {}

  /// It was confirmed within its grace.
  record Current() implements Standing {}

  /// It was last confirmed longer ago than its grace; what is held is still answered.
  ///
  /// @param since when its grace ended
  record Quiet(Instant since) implements Standing {}
}
