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
/// @param amount how many records there are
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
    Amount amount,
    Duration lag,
    String trouble,
    List<Broken> samples,
    Standing standing) {
  public FeedState {
    samples = List.copyOf(samples);
  }

  /// How many records there are.
  ///
  /// @param records that are held, the withdrawn and vanished among them
  /// @param vanished that the source no longer has and never withdrew
  /// @param broken that could not be read at the last look
  public record Amount(long records, long vanished, long broken) {}

  /// Records that are held, the withdrawn and vanished among them.
  public long count() {
    return amount.records();
  }

  /// Records that the source no longer has and never withdrew.
  public long vanished() {
    return amount.vanished();
  }

  /// Records that could not be read at the last look.
  public long broken() {
    return amount.broken();
  }

  /// A record that was skipped.
  public record Broken(String place, String why) {}
}
