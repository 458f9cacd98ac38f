package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed in the middle of its work, and started again on the same folder.
///
/// The moments are chosen by a seed and told by progress, never by the clock.
@ExtendWith(Quiet.class)
final class KillTest {
  private static final int HELD_BACK = 64 << 10;

  @TempDir Path temp;
  private final FakeIndex upstream = FakeIndex.start();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Wheel> fetched = new ArrayList<>();
  private Path data = Path.of("");

  @BeforeEach
  void choose_a_folder() {
    data = temp.resolve("data");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    upstream.close();
  }

  /// When it is killed.
  private enum Moment {
    PAGE_ASKED,
    PAGE_ANSWERED,
    METADATA_ASKED,
    METADATA_ANSWERED,
    MID_FILE,
    MID_FILE_AGAIN,
    END_OF_FILE,
    FILE_ANSWERED
  }

  @Test
  void twenty_kills_in_mid_fetch_leave_nothing_torn(TestReporter reporter) throws Exception {
    Map<Moment, Integer> moments = kills(1, 20);

    reporter.publishEntry("killed", moments.toString());
    assertThat(moments).hasSizeGreaterThan(5);
  }

  @Test
  @Tag("soak")
  void two_hundred_kills_in_mid_fetch_leave_nothing_torn() throws Exception {
    String commit = commit();
    Map<Moment, Integer> moments = kills(1_000, 200);

    System.out.println(
        "For docs/soak.md: | "
            + commit
            + " | kill -9 in mid-fetch | 1000 to 1199 | 200 of 200 passed: "
            + moments
            + " |");
    assertThat(moments).hasSize(Moment.values().length);
  }

  @Test
  void a_stop_by_signal_lets_a_download_in_flight_end() throws Exception {
    Wheel wheel = offered("graceful", 1_000_000);
    CountDownLatch rest = new CountDownLatch(1);
    upstream.trouble(upstream.filePath(wheel.filename()), new Trouble.StallMidBody(500_000, rest));
    try (ServerProcess server = new ServerProcess.Kit(temp).start(data, upstream)) {
      Visitor visitor = new Visitor(server.url(), upstream);
      try (InputStream body = visitor.stream(wheel)) {
        byte[] first = body.readNBytes(100_000);
        server.stop();
        Await.until(
            "nobody new is let in",
            () -> new Visitor(server.url(), upstream).at("") instanceof Visitor.Got.Broken);
        rest.countDown();

        assertThat(first.length + body.readAllBytes().length).isEqualTo(wheel.size());
      }
      assertThat(server.end()).isEqualTo(143); // 128 + SIGTERM
    }
    AtRest.isSound(data);
    assertThat(AtRest.leftovers(data)).isZero();
  }

  private Map<Moment, Integer> kills(int firstSeed, int rounds) throws Exception {
    Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    ServerProcess.Kit kit = new ServerProcess.Kit(temp);
    try (ServerProcess training = kit.startTraining(data, upstream)) {
      Wheel wheel = offered("training", 100_000);
      new Visitor(training.url(), upstream).mustWork(wheel);
      fetched.add(wheel);
      training.stop();
      training.end();
    }
    ServerProcess server = kit.start(data, upstream);
    try {
      for (int seed = firstSeed; seed < firstSeed + rounds; seed++) {
        Random random = new Random(seed);
        Wheel main = offered("main" + seed, 120_000 + random.nextInt(300_000));
        Wheel aside = offered("aside" + seed, 1_000 + random.nextInt(300_000));
        moments.merge(killedIn(server, main, aside, random), 1, Integer::sum);
        if (random.nextBoolean()) { // else the server itself is the first to see what was left
          AtRest.isSound(data);
        }
        server = kit.start(data, upstream);
        assertThat(AtRest.leftovers(data)).as("seed %d", seed).isZero();
        Visitor visitor = new Visitor(server.url(), upstream);
        visitor.mustWork(main);
        visitor.mustWork(aside);
        visitor.mustWork(fetched.get(random.nextInt(fetched.size())));
        fetched.add(main);
        fetched.add(aside);
      }
      server.stop();
      assertThat(server.end()).isEqualTo(143);
    } finally {
      server.close();
    }
    AtRest.isSound(data);
    return moments;
  }

  private Moment killedIn(ServerProcess server, Wheel main, Wheel aside, Random random)
      throws Exception {
    Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
    Visitor visitor = new Visitor(server.url(), upstream);
    // Somebody else is always there, wherever that one may be by then.
    Future<Integer> other = threads.submit(() -> visitor.journey(aside));
    switch (moment) {
      case PAGE_ASKED -> asked(upstream.pagePath(main.project()), () -> visitor.page(main));
      case PAGE_ANSWERED -> visitor.page(main);
      case METADATA_ASKED ->
          asked(upstream.filePath(main.filename()) + ".metadata", () -> visitor.metadata(main));
      case METADATA_ANSWERED -> visitor.metadata(main);
      case MID_FILE, MID_FILE_AGAIN -> read(visitor, main, random.nextInt(main.size() - HELD_BACK));
      case END_OF_FILE -> read(visitor, main, main.size() - HELD_BACK);
      case FILE_ANSWERED -> visitor.file(main);
    }
    server.kill();
    other.get(); // right or broken, which it checks itself
    return moment;
  }

  /// Leaves once the upstream was asked for `path`, with the answer on its way.
  private void asked(String path, Runnable asking) {
    threads.execute(asking);
    Await.until(path + " was asked for", () -> upstream.count(path) > 0);
  }

  private static void read(Visitor visitor, Wheel wheel, int bytes)
      throws IOException, InterruptedException {
    InputStream body = visitor.stream(wheel); // stays open: the kill is what ends it
    assertThat(body.readNBytes(bytes)).hasSize(bytes);
  }

  private Wheel offered(String project, int size) {
    Wheel wheel = Wheel.of(project, size);
    upstream.file(wheel.filename(), wheel.bytes());
    upstream.trouble(
        upstream.filePath(wheel.filename()), new Trouble.Dripping(16_000, Duration.ofMillis(1)));
    return wheel;
  }

  private static String commit() throws IOException {
    Process git =
        new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
            .directory(Path.of(System.getProperty("house", ".")).toFile())
            .start();
    return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
