package dev.wellhead.server.web;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.Event;
import dev.wellhead.server.fetches.FetchTotals;
import dev.wellhead.server.index.SourceSummary;
import dev.wellhead.server.upstream.Health;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What goes on now, for people: on the first page, and renewed there while somebody looks.
///
/// @param store null until it was counted for the first time
public record Live(
    Shell shell,
    Instant now,
    List<SourceSummary> sources,
    Catalog.Counts held,
    FetchTotals fetched,
    Traffic traffic,
    Blobs.@Nullable Usage store,
    List<Event> events) {
  public Live {
    sources = List.copyOf(sources);
    events = List.copyOf(events);
  }

  public Words words() {
    return shell.words();
  }

  /// Whether every host of every source is asked as usual.
  public boolean isWell() {
    return sources.stream().allMatch(Live::isWell);
  }

  /// Whether every host of this source is asked as usual.
  public static boolean isWell(SourceSummary source) {
    Health health = source.health();
    return health == null
        || health.hosts().stream().allMatch(host -> host.circuit() == Health.Circuit.CLOSED);
  }
}
