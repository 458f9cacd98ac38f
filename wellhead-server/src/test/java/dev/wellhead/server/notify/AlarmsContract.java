package dev.wellhead.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.notify.Raised.Acknowledgement;
import dev.wellhead.server.notify.Raised.Standing;
import dev.wellhead.testkit.ManualClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the record of alarms promises, on a real database.
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class AlarmsContract {
  private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
  private static final Alarm QUIET =
      new Alarm(
          "feed-quiet:osv",
          Severity.WARNING,
          "Feed osv is quiet",
          "Nothing came from osv for 25 hours: look whether its address still answers.",
          Alarm.ADMINISTRATOR);

  private final ManualClock clock = new ManualClock(T0);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Database database;
  private Alarms alarms;

  abstract DatabaseSettings settings();

  @BeforeEach
  void open() throws Exception {
    database = Database.open(settings(), new Migrations("db/house", "house_history"));
    alarms = new Alarms(database, clock);
    alarms.measure(metrics);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_alarm_is_there_when_the_transaction_of_its_cause_commits_and_only_then()
      throws Exception {
    assertThatThrownBy(() ->
            database.write(tx -> {
              Alarms.raise(tx, QUIET, T0);
              throw new IllegalStateException("the cause did not come about");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(alarms.list(Standing.OPEN, 0, 10)).isEmpty();

    raise(QUIET);
    assertThat(alarms.list(Standing.OPEN, 0, 10))
        .containsExactly(new Raised(1, QUIET, T0, T0, 1, null, null));
  }

  @Test
  void what_comes_again_while_it_stands_is_counted_and_says_the_newest() throws Exception {
    raise(QUIET);
    clock.advance(Duration.ofMinutes(5));
    Alarm longer = saying(QUIET, "Nothing came from osv for 26 hours.");
    raise(longer);

    assertThat(alarms.list(Standing.OPEN, 0, 10))
        .containsExactly(new Raised(1, longer, T0, clock.instant(), 2, null, null));
    assertThat(events()).containsExactly("1 raised");
  }

  @Test
  void what_gets_worse_is_told_again_and_never_gets_milder_by_itself() throws Exception {
    raise(QUIET);
    raise(graver(QUIET));
    raise(QUIET);

    assertThat(alarms.list(Standing.OPEN, 0, 10))
        .containsExactly(new Raised(1, graver(QUIET), T0, T0, 3, null, null));
    assertThat(events()).containsExactly("1 raised", "1 worse");
  }

  @Test
  void the_first_who_acknowledges_stays_and_the_alarm_stands_until_its_cause_is_gone()
      throws Exception {
    raise(QUIET);
    clock.advance(Duration.ofMinutes(1));
    Instant known = clock.instant();
    Raised expected = new Raised(1, QUIET, T0, T0, 1, new Acknowledgement("Ada", known), null);
    assertThat(alarms.acknowledge(1, "Ada")).contains(expected);
    clock.advance(Duration.ofMinutes(1));
    assertThat(alarms.acknowledge(1, "Bob")).contains(expected);
    assertThat(alarms.acknowledge(2, "Bob")).isEmpty();
    assertThat(alarms.list(Standing.OPEN, 0, 10)).isEmpty();
    assertThat(alarms.list(Standing.ACKNOWLEDGED, 0, 10)).containsExactly(expected);

    Instant gone = clock.instant();
    assertThat(database.<Boolean>write(tx -> Alarms.resolve(tx, QUIET.key(), gone))).isTrue();
    assertThat(database.<Boolean>write(tx -> Alarms.resolve(tx, QUIET.key(), gone))).isFalse();
    assertThat(alarms.list(Standing.RESOLVED, 0, 10))
        .containsExactly(new Raised(1, QUIET, T0, T0, 1, new Acknowledgement("Ada", known), gone));
    assertThat(events()).containsExactly("1 raised", "1 resolved");

    raise(QUIET);
    assertThat(alarms.list(Standing.OPEN, 0, 10))
        .containsExactly(new Raised(2, QUIET, gone, gone, 1, null, null));
  }

  @Test
  void an_acknowledged_alarm_opens_again_when_it_gets_worse_or_was_quiet_for_a_day()
      throws Exception {
    raise(QUIET);
    alarms.acknowledge(1, "Ada");
    clock.advance(Duration.ofHours(23));
    raise(QUIET);
    assertThat(alarms.count(Standing.OPEN)).isZero();

    raise(graver(QUIET));
    assertThat(alarms.list(Standing.OPEN, 0, 10)).extracting(Raised::id).containsExactly(2L);
    alarms.acknowledge(2, "Ada");
    clock.advance(Duration.ofHours(25));
    raise(graver(QUIET));
    assertThat(alarms.list(Standing.OPEN, 0, 10)).extracting(Raised::id).containsExactly(3L);
    assertThat(alarms.count(Standing.RESOLVED)).isEqualTo(2);
    assertThat(events()).containsExactly("1 raised", "2 raised", "3 raised");
  }

  @Test
  void open_alarms_are_listed_the_gravest_first_and_page_by_page() throws Exception {
    raise(named("a", Severity.INFO));
    raise(named("b", Severity.CRITICAL));
    clock.advance(Duration.ofSeconds(1));
    raise(named("c", Severity.WARNING));
    raise(named("d", Severity.CRITICAL));

    assertThat(alarms.list(Standing.OPEN, 0, 3))
        .extracting(each -> each.alarm().key())
        .containsExactly("d", "b", "c");
    assertThat(alarms.list(Standing.OPEN, 3, 3))
        .extracting(each -> each.alarm().key())
        .containsExactly("a");
  }

  @Test
  void the_metric_counts_open_alarms_by_severity() throws Exception {
    raise(named("a", Severity.INFO));
    raise(named("b", Severity.CRITICAL));
    raise(named("c", Severity.CRITICAL));
    assertThat(alarms.open()).isEqualTo(new AlarmCounts(1, 0, 2));
    assertThat(metrics.scrape())
        .contains(
            "wellhead_alarms_open{severity=\"critical\"} 2.0",
            "wellhead_alarms_open{severity=\"warning\"} 0.0");

    alarms.acknowledge(2, "Ada");
    assertThat(alarms.open()).isEqualTo(new AlarmCounts(1, 0, 1));
    raise(named("d", Severity.WARNING));
    clock.advance(Duration.ofSeconds(1));
    assertThat(alarms.open()).isEqualTo(new AlarmCounts(1, 1, 1));
    clock.advance(Duration.ofDays(-1));
    raise(named("e", Severity.WARNING));
    assertThat(alarms.open()).as("when the clock jumped back").isEqualTo(new AlarmCounts(1, 2, 1));
  }

  @Test
  void what_is_on_its_way_is_taken_once_and_noted_and_forgotten_after_a_month() throws Exception {
    String chat = "webhook chat";
    Instant later = T0.plus(Duration.ofDays(31));
    List<Object> seen = new ArrayList<>();
    database.<@Nullable Void>write(tx -> {
      PostRows.register(tx, chat);
      PostRows.register(tx, chat);
      return null;
    });
    raise(QUIET);
    raise(named("note", Severity.INFO));
    database.<@Nullable Void>write(tx -> {
      seen.clear(); // a unit may run twice
      seen.add(PostRows.hasWork(tx, chat, T0));
      PostRows.takeUp(tx, chat, Severity.WARNING, T0);
      List<PostRows.Due> due = PostRows.claim(tx, chat, T0, Post.LEASE, 10);
      seen.add(due.size());
      seen.add(due.getFirst().attempts());
      seen.add(due.getFirst().event().key());
      seen.add(PostRows.hasWork(tx, chat, T0));
      PostRows.failed(tx, chat, "no", T0);
      PostRows.failed(tx, chat, "still no", T0.plusSeconds(1));
      seen.add(PostRows.standing(tx, chat));
      PostRows.move(tx, chat, due.getFirst(), "delivered", T0);
      PostRows.took(tx, chat, T0.plusSeconds(2));
      seen.add(PostRows.standing(tx, chat));
      seen.add(PostRows.count(tx, chat, "delivered"));
      return null;
    });
    assertThat(seen)
        .containsExactly(
            true,
            1,
            1,
            QUIET.key(),
            false,
            new PostRows.Standing(null, T0, "still no"),
            new PostRows.Standing(T0.plusSeconds(2), null, ""),
            1L);

    raise(named("much later", Severity.CRITICAL));
    long left =
        database.<Long>write(tx -> {
          PostRows.takeUp(tx, chat, Severity.WARNING, later);
          return PostRows.count(tx, chat, "delivered");
        });
    assertThat(left).isZero();
  }

  @Test
  void more_alarms_than_can_be_shown_are_counted_in_one_that_says_so() throws Exception {
    int more = 3;
    database.write(tx -> {
      for (int i = 0; i < Alarms.MOST_STANDING + more; i++) {
        Alarms.raise(tx, named("fake-" + i, Severity.INFO), T0);
      }
      return null;
    });

    assertThat(alarms.open()).isEqualTo(new AlarmCounts(Alarms.MOST_STANDING, 0, 1));
    Raised first = alarms.list(Standing.OPEN, 0, 1).getFirst();
    assertThat(first.alarm().subject()).isEqualTo("More alarms than can be shown");
    assertThat(first.times()).isEqualTo(more);
    raise(named("fake-1", Severity.INFO));
    assertThat(alarms.list(Standing.OPEN, 0, 1)).containsExactly(first);
  }

  private void raise(Alarm alarm) throws Exception {
    database.write(tx -> {
      Alarms.raise(tx, alarm, clock.instant());
      return null;
    });
  }

  private List<String> events() throws Exception {
    return database.read(tx ->
        tx.createQuery("SELECT alarm, kind FROM alarm_event ORDER BY id")
            .map((row, _) -> row.getLong("alarm") + " " + row.getString("kind"))
            .list());
  }

  private static Alarm named(String key, Severity severity) {
    return new Alarm(key, severity, "Something", "Something is the case.", "nobody");
  }

  private static Alarm saying(Alarm alarm, String sentence) {
    return new Alarm(alarm.key(), alarm.severity(), alarm.subject(), sentence, alarm.owner());
  }

  private static Alarm graver(Alarm alarm) {
    return new Alarm(
        alarm.key(), Severity.CRITICAL, alarm.subject(), alarm.sentence(), alarm.owner());
  }
}
