package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An advisory as it is held: of several copies of one id the one that was modified last.
///
/// @param feeds every feed that has a copy; the first has this one
/// @param vanished since when no source has it any more, though nobody withdrew it; null while one
///   has it
public record Held(Advisory advisory, List<String> feeds, @Nullable Instant vanished) {
  public Held {
    feeds = List.copyOf(feeds);
  }
}
