package dev.wellhead.server.clients;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.ManualClock;
import dev.wellhead.testkit.transcript.Stage;
import dev.wellhead.testkit.transcript.UpstreamWords;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transcript's stage: a house over a fake index, by a clock that the transcript moves.
///
/// The house starts with the first request, so that it sees the clock and the upstream that the
/// transcript sets before.
final class HouseStage implements Stage {
  private final Path data;
  private final Map<String, String> settings;
  private final FakeIndex upstream;
  private final UpstreamWords words;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private @Nullable RunningHouse house;

  HouseStage(Path data, Map<String, String> settings) {
    this.data = data;
    this.settings = settings;
    upstream = FakeIndex.start(UpstreamWords.features(settings));
    words = new UpstreamWords(upstream);
  }

  @Override
  public URI address() {
    if (house == null) {
      house = RunningHouse.start(upstream, data, clock, settings);
    }
    return house.url().resolve("/");
  }

  @Override
  public void clock(Instant now) {
    clock.set(now);
  }

  @Override
  public void advance(Duration by) {
    clock.advance(by);
  }

  @Override
  public void upstream(List<String> line) {
    words.apply(line);
  }

  @Override
  public long asked(String path) {
    return words.asked(path);
  }

  @Override
  public void close() {
    if (house != null) {
      house.close();
    }
    upstream.close();
  }
}
