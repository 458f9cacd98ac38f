package dev.wellhead.server.feeds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a feed is doing, for people.
///
/// @param source where it is from: a path or a URL without any password, or how it was loaded last
/// @param loadedAt when something of it last changed here; null where nothing ever came
/// @param confirmedAt when what is held was last known to be what the source has
/// @param newest the latest time at which its publisher changed a record
/// @param count records that are held, the withdrawn and vanished among them
/// @param vanished records that the source no longer has and never withdrew
/// @param broken records that could not be read at the last look
/// @param lag since the last confirmation; zero where there was none
/// @param trouble why the last try failed, a sentence; empty where it did not
/// @param samples some of the broken ones, each with its reason
public record FeedState(
    String name,
    FeedKind kind,
    String source,
    @Nullable Instant loadedAt,
    @Nullable Instant confirmedAt,
    @Nullable Instant newest,
    long count,
    long vanished,
    long broken,
    Duration lag,
    String trouble,
    List<Broken> samples,
    Standing standing) {
  public FeedState {
    samples = List.copyOf(samples);
  }

  /// A record that was skipped.
  public record Broken(String place, String why) {}
}
