package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.faults.Visitor.Got;
import dev.wellhead.server.faults.Visitor.Part;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.ManualClock;
import dev.wellhead.testkit.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An upstream whose file is not what its page says, or does not come, with several clients at
/// once.
@ExtendWith(Quiet.class)
final class LyingUpstreamTest {
  private static final int CLIENTS = 6;
  private static final Map<String, String> IMPATIENT =
      Map.of("upstream.limits.retries", "0", "upstream.limits.stalled", "400ms");

  @TempDir Path temp;
  private final FakeIndex upstream = FakeIndex.start();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-10T12:00:00Z"));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    upstream.close();
    threads.shutdownNow();
  }

  /// What is wrong with the file, and how long it is.
  enum Lie {
    STALLED_BEFORE_HEAD(400_000),
    STALLED(400_000),
    STALLED_BEFORE_THE_END(400_000),
    TRUNCATED(400_000),
    TRUNCATED_BY_A_BYTE(400_000),
    CORRUPT_AT_THE_START(400_000),
    CORRUPT_AT_THE_END(400_000),
    CORRUPT_AND_SMALL(2_000),
    TRUNCATED_AND_SMALL(2_000),
    ENDLESS(400_000),
    ENDLESS_AND_SMALL(2_000),
    SHORTER(400_000),
    LONGER(400_000),
    NOTHING(400_000);

    private final int size;

    Lie(int size) {
      this.size = size;
    }

    Trouble told(Wheel wheel, CountDownLatch never) {
      long end = wheel.size();
      return switch (this) {
        case STALLED_BEFORE_HEAD -> new Trouble.StallBeforeHeaders(never);
        case STALLED -> new Trouble.StallMidBody(end / 2, never);
        case STALLED_BEFORE_THE_END -> new Trouble.StallMidBody(end - 1, never);
        case TRUNCATED -> new Trouble.Truncated(end / 2);
        case TRUNCATED_BY_A_BYTE, TRUNCATED_AND_SMALL -> new Trouble.Truncated(end - 1);
        case CORRUPT_AT_THE_START, CORRUPT_AND_SMALL -> new Trouble.Corrupt(0);
        case CORRUPT_AT_THE_END -> new Trouble.Corrupt(end - 1);
        case ENDLESS, ENDLESS_AND_SMALL -> new Trouble.Endless();
        case SHORTER -> new Trouble.Saying("application/zip", "x".repeat(wheel.size() - 1));
        case LONGER -> new Trouble.Saying("application/zip", "x".repeat(wheel.size() + 1));
        case NOTHING -> new Trouble.Saying("application/zip", "");
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void nobody_gets_a_whole_wrong_file(Lie lie) throws Exception {
    Wheel wheel =
        Wheel.of("liar" + lie.name().toLowerCase(java.util.Locale.ROOT).replace("_", ""), lie.size);
    upstream.file(wheel.filename(), wheel.bytes());
    CountDownLatch never = new CountDownLatch(1);
    try (TestHouse house =
        TestHouse.open(temp, upstream, Choices.usual().at(clock).with(IMPATIENT))) {
      Visitor visitor = new Visitor(house.url(), upstream);
      upstream.trouble(upstream.filePath(wheel.filename()), lie.told(wheel, never));

      List<Future<Got>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(threads.submit(() -> visitor.file(wheel)));
      }

      for (Future<Got> one : all) {
        assertThat(Visitor.right(wheel, one.get(), Part.FILE)).as("%s", one.get()).isZero();
        if (lie.size < 60_000) { // all of it is held back until it was right: the reason is told
          assertThat(one.get()).isInstanceOf(Got.Whole.class);
        }
      }
      assertThat(visitor.range(wheel, "bytes=0-99")).isInstanceOf(Got.Whole.class);
      assertThat(AtRest.leftovers(temp)).isZero();
      never.countDown();
      upstream.heal();
      clock.advance(Duration.ofMinutes(1));
      visitor.mustWork(wheel);
    }
    AtRest.isSound(temp);
  }

  @Test
  void a_slow_upstream_is_waited_for() throws Exception {
    Wheel wheel = Wheel.of("slow", 100_000);
    upstream.file(wheel.filename(), wheel.bytes());
    upstream.trouble("*", new Trouble.Dripping(20_000, Duration.ofMillis(100)));
    try (TestHouse house =
        TestHouse.open(temp, upstream, Choices.usual().at(clock).with(IMPATIENT))) {
      new Visitor(house.url(), upstream).mustWork(wheel);
    }
    AtRest.isSound(temp);
  }
}
