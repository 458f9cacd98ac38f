package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.server.blob.FaultyFiles;
import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.faults.Visitor.Got;
import dev.wellhead.server.faults.Visitor.Part;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Many clients on one cold file.
@ExtendWith(Quiet.class)
final class CrowdTest {
  private static final int CLIENTS = 64;
  private static final Wheel WHEEL = Wheel.of("crowd", 2_000_000);

  @TempDir Path temp;
  private final FakeIndex upstream = FakeIndex.start().file(WHEEL.filename(), WHEEL.bytes());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    upstream.close();
    threads.shutdownNow();
  }

  @Test
  void sixty_four_clients_of_one_cold_file_cost_one_request_and_all_get_the_right_bytes()
      throws Exception {
    try (TestHouse house = TestHouse.open(temp, upstream, Choices.usual())) {
      Visitor visitor = new Visitor(house.url(), upstream);

      List<Future<Got>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(threads.submit(() -> visitor.file(WHEEL)));
      }

      for (Future<Got> one : all) {
        assertThat(Visitor.right(WHEEL, one.get(), Part.FILE)).as("%s", one.get()).isEqualTo(1);
      }
      assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(1);
      assertThat(upstream.count(upstream.pagePath("crowd"))).isEqualTo(1);
    }
    AtRest.isSound(temp);
  }

  @Test
  void those_who_leave_early_spoil_nothing_for_those_who_stay() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    upstream.trouble(
        upstream.filePath(WHEEL.filename()), new Trouble.StallMidBody(1_000_000, rest));
    try (TestHouse house = TestHouse.open(temp, upstream, Choices.usual())) {
      List<Future<Got>> staying = new ArrayList<>();
      List<Future<Integer>> leaving = new ArrayList<>();
      Visitor visitor = new Visitor(house.url(), upstream);
      for (int i = 0; i < CLIENTS / 2; i++) {
        staying.add(threads.submit(() -> visitor.file(WHEEL)));
        leaving.add(threads.submit(() -> readAndLeave(visitor)));
      }
      for (Future<Integer> one : leaving) {
        assertThat(one.get()).isEqualTo(100_000);
      }

      rest.countDown();

      for (Future<Got> one : staying) {
        assertThat(Visitor.right(WHEEL, one.get(), Part.FILE)).as("%s", one.get()).isEqualTo(1);
      }
      assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(1);
    }
    AtRest.isSound(temp);
  }

  @Test
  void a_file_is_kept_for_the_next_one_when_all_have_left() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    upstream.trouble(
        upstream.filePath(WHEEL.filename()), new Trouble.StallMidBody(1_000_000, rest));
    try (TestHouse house = TestHouse.open(temp, upstream, Choices.usual())) {
      Visitor visitor = new Visitor(house.url(), upstream);
      assertThat(readAndLeave(visitor)).isEqualTo(100_000);
      rest.countDown();

      visitor.mustWork(WHEEL);

      assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(1);
    }
    AtRest.isSound(temp);
  }

  @Test
  void who_comes_while_the_file_gets_its_name_gets_it_whole() throws Exception {
    FaultyFiles files = new FaultyFiles();
    CountDownLatch told = new CountDownLatch(1);
    try (TestHouse house = TestHouse.open(temp, upstream, Choices.usual().withBlobs(files::over));
        AutoCloseable _ = told::countDown) { // before the house, which waits for the file
      Visitor visitor = new Visitor(house.url(), upstream);
      files.hold("move", told);
      Future<Got> first = threads.submit(() -> visitor.file(WHEEL));
      Await.until("the file has its name", () -> files.effects().contains("move"));

      Future<Got> second = threads.submit(() -> visitor.file(WHEEL));
      // There is no event for "it waits": it must just not have failed.
      assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      told.countDown();

      assertThat(Visitor.right(WHEEL, first.get(), Part.FILE)).isEqualTo(1);
      assertThat(Visitor.right(WHEEL, second.get(), Part.FILE)).isEqualTo(1);
    }
  }

  @Test
  void a_stop_lets_a_download_in_flight_end() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    upstream.trouble(
        upstream.filePath(WHEEL.filename()), new Trouble.StallMidBody(1_000_000, rest));
    // Longer than the questions below may hang in the queue of a socket that is being closed.
    Choices patient =
        Choices.usual()
            .with(Map.of("upstream.limits.stalled", "4m", "server.shutdown_grace", "4m"));
    TestHouse house = TestHouse.open(temp, upstream, patient);
    Visitor visitor = new Visitor(house.url(), upstream);
    try (InputStream body = visitor.stream(WHEEL)) {
      byte[] first = body.readNBytes(100_000);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> close(house), threads);
      Await.until(
          "nobody new is let in",
          () -> new Visitor(house.url(), upstream).at("") instanceof Got.Broken);
      assertThat(stopped).isNotDone();

      rest.countDown();

      byte[] others = body.readAllBytes();
      assertThat(first.length + others.length).isEqualTo(WHEEL.size());
      assertThat(Wheel.sha256(joined(first, others))).isEqualTo(WHEEL.sha256());
      stopped.get(20, TimeUnit.SECONDS);
    }
    AtRest.isSound(temp);
    assertThat(AtRest.leftovers(temp)).isZero();
  }

  private static int readAndLeave(Visitor visitor) throws Exception {
    try (InputStream body = visitor.stream(WHEEL)) {
      return body.readNBytes(100_000).length;
    }
  }

  private static void close(TestHouse house) {
    try {
      house.close();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] joined(byte[] first, byte[] others) {
    byte[] all = java.util.Arrays.copyOf(first, first.length + others.length);
    System.arraycopy(others, 0, all, first.length, others.length);
    return all;
  }
}
