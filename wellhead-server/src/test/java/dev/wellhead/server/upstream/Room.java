package dev.wellhead.server.upstream;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// An upstream room over a fake index: the clock stands still, pauses between tries are noted and
/// not made, time limits are generous unless a test wants to see them at work.
final class Room implements AutoCloseable {
  static final Instant START = Instant.parse("2026-01-10T12:00:00Z");
  static final ProjectName SIX = new ProjectName("six");
  static final TimeLimits PATIENT = limits(Duration.ofSeconds(20), Duration.ofSeconds(20));

  /// What is told to an index that stalls.
  static final TimeLimits HASTY = limits(Duration.ofMillis(150), Duration.ofMillis(150));

  final ManualClock clock = new ManualClock(START);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final Upstream upstream;

  Room(UpstreamSettings settings) throws UpstreamRefusedException {
    this(settings, AddressResolver.system());
  }

  Room(UpstreamSettings settings, AddressResolver resolver) throws UpstreamRefusedException {
    upstream =
        Upstream.open(
            settings,
            new Surroundings(
                clock, System::nanoTime, new Random(1), pauses::add, resolver, metrics));
  }

  static Room over(FakeIndex index) throws UpstreamRefusedException {
    return new Room(settings(index));
  }

  static UpstreamSettings settings(FakeIndex index) {
    return UpstreamSettings.of(index.url(), index.filesUrl()).with(PATIENT);
  }

  static TimeLimits limits(Duration firstByte, Duration idle) {
    Duration total = Duration.ofSeconds(30);
    return new TimeLimits(firstByte, firstByte, idle, total, total, total, 0);
  }

  /// Once and not again.
  static Persistence once() {
    return new Persistence(
        1, Duration.ofMillis(200), Duration.ofSeconds(5), 100, Duration.ofSeconds(30));
  }

  static AddressResolver loopback() {
    return _ -> List.of(InetAddress.getLoopbackAddress());
  }

  PageAnswer six() {
    return upstream.page(SIX, null);
  }

  @Override
  public void close() {
    upstream.close();
  }
}
