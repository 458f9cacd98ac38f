package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What fails is tried again as long as that makes sense, and then left in peace.
class FailingIndexTest {
  private static final String PAGE = "/simple/six/";

  private FakeIndex index;

  @BeforeEach
  void start() {
    index = FakeIndex.start().file(Wheels.SIX, Wheels.six());
  }

  @AfterEach
  void stop() {
    index.close();
  }

  @Test
  void a_failure_that_passes_is_not_seen() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, 1, Trouble.status(503)).trouble(PAGE, 1, new Trouble.HangUp());
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(index.count(PAGE)).isEqualTo(3);
      assertThat(room.pauses).hasSize(2);
      assertThat(room.pauses.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
      assertThat(room.pauses.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }
  }

  @Test
  void a_failure_that_stays_is_unreachable_after_three_tries() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, Trouble.status(500));
      assertThat(room.six())
          .isEqualTo(new PageAnswer.Unreachable(index.url() + "six/ answered 500.", null));
      assertThat(index.count(PAGE)).isEqualTo(3);
    }
  }

  @Test
  void a_short_retry_after_is_honoured() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, 1, Trouble.busy(429, "2"));
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(room.pauses).containsExactly(Duration.ofSeconds(2));
    }
  }

  @Test
  void a_long_retry_after_is_passed_on() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, Trouble.busy(503, "120"));
      Instant later = Room.START.plusSeconds(120);
      assertThat(room.six())
          .isEqualTo(new PageAnswer.Unreachable(index.url() + "six/ answered 503.", later));
      index.heal();
      index.trouble(PAGE, Trouble.busy(503, "Sat, 10 Jan 2026 12:02:00 GMT"));
      assertThat(room.six())
          .isEqualTo(new PageAnswer.Unreachable(index.url() + "six/ answered 503.", later));
      assertThat(index.count(PAGE)).isEqualTo(2);
    }
  }

  @Test
  void nobody_is_sent_away_for_good() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, Trouble.busy(503, "999999999"));
      assertThat(room.six())
          .isEqualTo(
              new PageAnswer.Unreachable(
                  index.url() + "six/ answered 503.", Room.START.plus(Duration.ofHours(1))));
    }
  }

  @Test
  void a_refused_connection_is_unreachable_until_the_index_is_back() throws Exception {
    try (Room room = Room.over(index)) {
      index.refuse();
      assertUnreachable(room, "gave no answer: the connection was refused");
      index.listen();
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
    }
  }

  @Test
  void a_host_without_an_address_is_unreachable() throws Exception {
    UpstreamSettings settings = Room.settings(index).with(Room.once());
    try (Room room =
        new Room(
            settings,
            host -> {
              throw new UnknownHostException(host);
            })) {
      assertUnreachable(room, "its name has no address");
    }
  }

  @Test
  void a_name_server_that_hangs_is_not_waited_for() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    UpstreamSettings settings = Room.settings(index).with(Room.once()).with(Room.HASTY);
    AddressResolver hanging =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (Room room = new Room(settings, hanging)) {
      assertUnreachable(room, "gave no answer within 300 ms");
    }
    never.countDown();
  }

  @Test
  void a_question_that_is_interrupted_ends_and_is_nobodys_failure() throws Exception {
    index.trouble(PAGE, new Trouble.StallBeforeHeaders(new CountDownLatch(1)));
    try (Room room = Room.over(index)) {
      CompletableFuture<PageAnswer> answer = new CompletableFuture<>();
      Thread asker = Thread.startVirtualThread(() -> answer.complete(room.six()));
      Await.until("the page is asked for", () -> index.count(PAGE) == 1);
      asker.interrupt();
      assertThat(answer.get())
          .isEqualTo(new PageAnswer.Unreachable("The question was ended from our side.", null));
      assertThat(room.upstream.health().hosts().getFirst().failed()).isZero();
    }
  }

  @Test
  void the_resolver_that_was_given_decides_where_to_connect() throws Exception {
    URI elsewhere = URI.create("http://index.example.test:" + index.url().getPort() + "/simple/");
    UpstreamSettings settings = UpstreamSettings.of(elsewhere, index.filesUrl()).with(Room.PATIENT);
    try (Room room = new Room(settings, Room.loopback())) {
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(index.requests().getFirst().authority())
          .isEqualTo("index.example.test:" + index.url().getPort());
    }
  }

  @Test
  void a_head_that_does_not_come_is_not_waited_for() throws Exception {
    try (Room room = new Room(Room.settings(index).with(Room.HASTY))) {
      index.trouble(PAGE, new Trouble.StallBeforeHeaders(new CountDownLatch(1)));
      assertUnreachable(room, "gave no answer within 300 ms");
      assertThat(index.count(PAGE)).isEqualTo(3);
    }
  }

  @Test
  void a_body_that_stalls_is_not_waited_for() throws Exception {
    try (Room room = new Room(Room.settings(index).with(idle(Duration.ofMillis(150))))) {
      index.trouble(PAGE, new Trouble.StallMidBody(20, new CountDownLatch(1)));
      assertUnreachable(room, "stalled after 20 bytes: nothing came for 150 ms");
    }
  }

  @Test
  void a_page_that_trickles_ends_with_its_total_limit() throws Exception {
    TimeLimits patient = Room.PATIENT;
    TimeLimits limits =
        new TimeLimits(
            patient.connect(),
            patient.firstByte(),
            patient.idle(),
            Duration.ofMillis(300),
            patient.file(),
            patient.queue(),
            0);
    try (Room room = new Room(Room.settings(index).with(limits))) {
      index.trouble(PAGE, new Trouble.Dripping(1, Duration.ofMillis(20)));
      assertUnreachable(room, "");
      assertThat(index.count(PAGE)).isEqualTo(1);
    }
  }

  @Test
  void a_page_that_breaks_off_is_asked_for_again() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, 1, new Trouble.Truncated(20));
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      index.trouble(PAGE, new Trouble.Truncated(20));
      assertUnreachable(room, "broke off after");
    }
  }

  @Test
  void a_connection_that_is_closed_after_an_answer_harms_nobody() throws Exception {
    try (Room room = Room.over(index)) {
      index.trouble(PAGE, new Trouble.CloseAfter());
      for (int i = 0; i < 5; i++) {
        assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      }
    }
  }

  @Test
  void after_five_failures_in_a_row_the_host_is_left_in_peace_then_one_question_decides()
      throws Exception {
    try (Room room = new Room(Room.settings(index).with(breaking()))) {
      index.trouble(PAGE, Trouble.status(500));
      for (int i = 0; i < 5; i++) {
        assertUnreachable(room, "answered 500");
      }
      index.heal();
      index.forget();
      Instant again = Room.START.plusSeconds(30);
      assertThat(room.six())
          .isEqualTo(
              new PageAnswer.Unreachable(
                  origin()
                      + " is not asked for a while after 5 failures in a row; the last one: "
                      + index.url()
                      + "six/ answered 500.",
                  again));
      assertThat(index.requests()).isEmpty();
      assertThat(room.upstream.health().hosts().getFirst())
          .isEqualTo(
              new Health.Host(
                  origin(),
                  Health.Circuit.OPEN,
                  again,
                  null,
                  Room.START,
                  index.url() + "six/ answered 500.",
                  0,
                  5));
      assertThat(circuit(room)).isEqualTo(1);

      room.clock.advance(Duration.ofSeconds(30));
      index.trouble(PAGE, 1, Trouble.status(500));
      assertUnreachable(room, "answered 500");
      assertUnreachable(room, "is not asked for a while");
      assertThat(index.count(PAGE)).isEqualTo(1);

      room.clock.advance(Duration.ofSeconds(30));
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(circuit(room)).isEqualTo(0);
      assertThat(room.upstream.health().state()).isEqualTo("Answers.");
    }
  }

  @Test
  void while_one_question_decides_the_others_are_answered_at_once() throws Exception {
    CountDownLatch decided = new CountDownLatch(1);
    try (Room room = new Room(Room.settings(index).with(breaking()));
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      index.trouble(PAGE, 5, new Trouble.HangUp());
      for (int i = 0; i < 5; i++) {
        assertUnreachable(room, "closed early");
      }
      room.clock.advance(Duration.ofSeconds(30));
      index.forget();
      index.trouble(PAGE, 1, new Trouble.StallBeforeHeaders(decided));
      Future<PageAnswer> probe = askers.submit(room::six);
      Await.until("the deciding question is asked", () -> index.count(PAGE) == 1);
      assertUnreachable(room, "is not asked for a while");
      assertThat(room.upstream.health().hosts().getFirst().circuit())
          .isEqualTo(Health.Circuit.HALF_OPEN);
      decided.countDown();
      assertThat(probe.get()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
    }
  }

  @Test
  void a_files_host_that_fails_does_not_cut_off_the_index() throws Exception {
    try (Room room = new Room(Room.settings(index).with(breaking()))) {
      index.trouble("/packages/*", Trouble.status(500));
      for (int i = 0; i < 6; i++) {
        assertThat(room.upstream.file(index.fileUrl(Wheels.SIX)))
            .isInstanceOf(FileAnswer.Unreachable.class);
      }
      assertThat(index.count(index.filePath(Wheels.SIX))).isEqualTo(5);
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      assertThat(room.upstream.health().state())
          .startsWith(index.filesUrl().toString().replaceFirst("/$", "") + " failed at ")
          .endsWith("It is not asked again before 2026-01-10T12:00:30Z.");
    }
  }

  @Test
  void questions_and_their_outcomes_are_counted() throws Exception {
    try (Room room = Room.over(index)) {
      assertThat(room.upstream.health().state()).isEqualTo("Not asked yet.");
      assertThat(room.six()).isInstanceOf(PageAnswer.Fresh.class);
      index.trouble(PAGE, Trouble.html());
      assertThat(room.six()).isInstanceOf(PageAnswer.Refused.class);
      assertThat(count(room, "fresh")).isEqualTo(1);
      assertThat(count(room, "refused")).isEqualTo(1);
      assertThat(room.upstream.health().hosts().getFirst())
          .isEqualTo(
              new Health.Host(origin(), Health.Circuit.CLOSED, null, Room.START, null, "", 2, 0));
    }
  }

  private static long count(Room room, String outcome) {
    return room.metrics
        .get("wellhead.upstream.requests")
        .tags("what", "page", "outcome", outcome)
        .timer()
        .count();
  }

  private double circuit(Room room) {
    return room.metrics
        .get("wellhead.upstream.circuit.open")
        .tag("host", "127.0.0.1:" + index.url().getPort())
        .gauge()
        .value();
  }

  private String origin() {
    return "http://127.0.0.1:" + index.url().getPort();
  }

  private static Persistence breaking() {
    return new Persistence(
        1, Duration.ofMillis(200), Duration.ofSeconds(5), 5, Duration.ofSeconds(30));
  }

  private static TimeLimits idle(Duration idle) {
    return Room.limits(Duration.ofSeconds(20), idle);
  }

  private static void assertUnreachable(Room room, String words) {
    PageAnswer answer = room.six();
    assertThat(answer).isInstanceOf(PageAnswer.Unreachable.class);
    assertThat(((PageAnswer.Unreachable) answer).why()).contains(List.of(words));
  }
}
