package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.server.web.AdminSessions.Admission;
import dev.wellhead.server.web.AdminSessions.Invitation;
import dev.wellhead.server.web.AdminSessions.Session;
import dev.wellhead.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AdminSessionsTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final ManualClock clock = new ManualClock(START);
  private final AdminSessions sessions =
      new AdminSessions(clock, RandomGenerator.of("L64X128MixRandom"));

  @Test
  void a_code_opens_one_session_of_half_an_hour() {
    Invitation invitation = sessions.invite();
    clock.advance(Duration.ofMinutes(14));

    Admission admission = sessions.redeem(invitation.secret(), "here").orElseThrow();

    Instant since = START.plus(Duration.ofMinutes(14));
    Session session = new Session(since, since.plus(Duration.ofMinutes(30)));
    assertThat(invitation.until()).isEqualTo(START.plus(Duration.ofMinutes(15)));
    assertThat(admission.session()).isEqualTo(session);
    clock.set(session.until().minusMillis(1));
    assertThat(sessions.find(admission.token())).contains(session);
    clock.set(session.until());
    assertThat(sessions.find(admission.token())).isEmpty();
  }

  @Test
  void a_code_is_good_once_and_the_session_stays_when_it_is_tried_again() {
    Invitation invitation = sessions.invite();
    Admission admission = sessions.redeem(invitation.secret(), "here").orElseThrow();

    assertThat(sessions.redeem(invitation.secret(), "there")).isEmpty();
    assertThat(sessions.find(admission.token())).contains(admission.session());
  }

  @Test
  void a_code_is_over_after_a_quarter_of_an_hour() {
    Invitation invitation = sessions.invite();
    clock.advance(Duration.ofMinutes(15));

    assertThat(sessions.redeem(invitation.secret(), "here")).isEmpty();
  }

  @Test
  void guesses_open_nothing_and_spoil_nothing() {
    Invitation invitation = sessions.invite();
    String right = invitation.secret();

    for (String guess :
        List.of(
            "",
            "x",
            right.substring(1),
            right + "=",
            right.toLowerCase(java.util.Locale.ROOT),
            "y".repeat(1_000_000))) {
      assertThat(sessions.redeem(guess, "there")).isEmpty();
    }
    assertThat(sessions.redeem(right, "here")).isPresent();
  }

  @Test
  void a_code_is_no_token_and_a_token_is_no_code() {
    String secret = sessions.invite().secret();
    String token = sessions.redeem(secret, "here").orElseThrow().token();

    assertThat(sessions.find(secret)).isEmpty();
    assertThat(sessions.redeem(token, "here")).isEmpty();
  }

  @Test
  void of_two_who_redeem_one_code_at_once_one_gets_in() throws Exception {
    for (int round = 0; round < 100; round++) {
      String secret = sessions.invite().secret();
      Callable<Optional<Admission>> redeeming = () -> sessions.redeem(secret, "here");
      List<Optional<Admission>> got = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Optional<Admission>> one :
            threads.invokeAll(List.of(redeeming, redeeming, redeeming))) {
          got.add(one.get());
        }
      }
      assertThat(got.stream().flatMap(Optional::stream)).hasSize(1);
      clock.advance(AdminSessions.CODE_LASTS);
    }
  }

  @Test
  void two_codes_open_two_sessions_that_end_alone() {
    String one = sessions.redeem(sessions.invite().secret(), "here").orElseThrow().token();
    String two = sessions.redeem(sessions.invite().secret(), "here").orElseThrow().token();

    sessions.end(one);

    assertThat(sessions.find(one)).isEmpty();
    assertThat(sessions.find(two)).isPresent();
  }

  @Test
  void another_start_knows_nothing_of_the_codes_and_sessions_of_the_one_before() {
    String waiting = sessions.invite().secret();
    String token = sessions.redeem(sessions.invite().secret(), "here").orElseThrow().token();
    AdminSessions next = new AdminSessions(clock, RandomGenerator.getDefault());

    assertThat(next.redeem(waiting, "here")).isEmpty();
    assertThat(next.find(token)).isEmpty();
  }

  @Test
  void codes_and_tokens_have_256_bits() {
    Invitation invitation = sessions.invite();

    assertThat(invitation.secret()).matches("[A-Za-z0-9_-]{43}");
    assertThat(sessions.redeem(invitation.secret(), "here").orElseThrow().token())
        .matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void no_more_than_a_hundred_codes_wait() {
    for (int i = 0; i < 100; i++) {
      sessions.invite();
    }

    assertThatThrownBy(sessions::invite).isInstanceOf(IllegalStateException.class);
    clock.advance(AdminSessions.CODE_LASTS);
    assertThat(sessions.invite().until()).isEqualTo(clock.instant().plus(AdminSessions.CODE_LASTS));
  }
}
