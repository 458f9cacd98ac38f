package dev.wellhead.server.fetches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.FailingCommits;
import dev.wellhead.server.db.Seam;
import dev.wellhead.server.db.Twice;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is remembered of fetches, on every engine.
@Timeout(60)
abstract class FetchesContract {
  private static final Retention RETENTION = new Retention(2, 12);
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 SIX = new Sha256("a".repeat(64));
  private static final Sha256 ATTRS = new Sha256("b".repeat(64));
  private static final ClientSoftware PIP =
      new ClientSoftware("pip", "26.3", "CPython", "3.11.7", "Debian GNU/Linux 12", true);
  private static final ClientSoftware UV =
      new ClientSoftware("uv", "0.13.9", "CPython", "3.12.1", "macOS 15.1", false);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final InstantSource clock = now::get;
  private final FailingCommits commits = new FailingCommits();
  private Fetches fetches;

  abstract DatabaseSettings settings();

  @BeforeEach
  void open() throws Exception {
    fetches = open(commits);
  }

  @AfterEach
  void close() {
    fetches.close();
  }

  @Test
  void who_fetched_a_file_is_told_with_first_last_and_count() throws Exception {
    record(six("10.0.0.1", PIP, NOW.plusSeconds(5), Fetch.Extent.WHOLE, 100));
    record(six("10.0.0.1", PIP, NOW, Fetch.Extent.RANGED, 10));
    record(six("10.0.0.1", UV, NOW.plusSeconds(9), Fetch.Extent.WHOLE, 100));
    fetches.flush();
    record(six("10.0.0.1", PIP, NOW.plusSeconds(7), Fetch.Extent.WHOLE, 100));
    record(attrs("10.0.0.2", NOW));
    fetches.flush();

    assertThat(fetches.seenBy(SIX, 10))
        .containsExactly(
            seen(UV, NOW.plusSeconds(9), NOW.plusSeconds(9), 1, 1, 100),
            seen(PIP, NOW, NOW.plusSeconds(7), 3, 2, 210));
    assertThat(fetches.seenBy(SIX, 1)).hasSize(1);
    assertThat(fetches.seenBy(new Sha256("c".repeat(64)), 10)).isEmpty();
  }

  @Test
  void totals_and_the_most_fetched_are_told() throws Exception {
    assertThat(fetches.totals()).isEqualTo(new FetchTotals(0, 0, 0, 0));
    record(six("10.0.0.1", PIP, NOW, Fetch.Extent.WHOLE, 100));
    record(attrs("10.0.0.1", NOW));
    record(attrs("10.0.0.2", NOW));
    fetches.flush();

    assertThat(fetches.totals()).isEqualTo(new FetchTotals(3, 140, 2, 2));
    assertThat(fetches.mostFetched(10))
        .containsExactly(
            new FetchedFile(ATTRS, "attrs.whl", "attrs", 2),
            new FetchedFile(SIX, "six.whl", "six", 1));
    assertThat(fetches.mostFetched(1)).hasSize(1);
  }

  @Test
  void hours_sum_up_what_was_fetched_and_what_was_brought_for_it() throws Exception {
    Instant hour = NOW.truncatedTo(ChronoUnit.HOURS);
    record(six("10.0.0.1", PIP, hour, Fetch.Extent.WHOLE, 100));
    record(attrs("10.0.0.1", hour.plusSeconds(3_599)));
    fetches.flush();
    record(attrs("10.0.0.2", hour.plusSeconds(3_600)));
    record(six("10.0.0.2", PIP, hour, Fetch.Extent.RANGED, 7));
    fetches.flush();

    FetchHour first = new FetchHour(hour, 3, 1, 127);
    FetchHour second = new FetchHour(hour.plusSeconds(3_600), 1, 1, 20);
    assertThat(fetches.hours(hour.plusSeconds(59))).containsExactly(first, second);
    assertThat(fetches.hours(hour.plusSeconds(3_600))).containsExactly(second);
    assertThat(fetches.hours(hour.plusSeconds(7_200))).isEmpty();
  }

  @Test
  void one_content_under_two_names_is_found_by_its_hash() throws Exception {
    record(six("10.0.0.1", PIP, NOW, Fetch.Extent.WHOLE, 100));
    record(
        new Fetch(
            SIX,
            "copy.whl",
            "copy",
            "10.0.0.9",
            PIP,
            NOW,
            Fetch.Extent.WHOLE,
            Fetch.Origin.HELD,
            100));
    fetches.flush();

    assertThat(fetches.seenBy(SIX, 10).stream().map(Seen::filename))
        .containsExactlyInAnyOrder("six.whl", "copy.whl");
  }

  @Test
  void a_batch_whose_answer_was_lost_counts_once() throws Exception {
    commits.failNext(true);

    record(attrs("10.0.0.1", NOW));
    fetches.flush();
    record(attrs("10.0.0.1", NOW));
    fetches.flush();

    assertThat(fetches.totals()).isEqualTo(new FetchTotals(2, 40, 1, 1));
    assertThat(rawRows()).isEqualTo(2);
  }

  @Test
  void an_outage_of_the_database_loses_nothing() throws Exception {
    commits.failAll(false);
    record(attrs("10.0.0.1", NOW));
    record(attrs("10.0.0.2", NOW));
    commits.heal();
    fetches.flush();

    assertThat(fetches.totals()).isEqualTo(new FetchTotals(2, 40, 1, 2));
  }

  @Test
  void units_that_run_twice_count_once() throws Exception {
    fetches.close();
    fetches = open(new Twice());

    record(attrs("10.0.0.1", NOW));
    fetches.flush();

    assertThat(fetches.totals()).isEqualTo(new FetchTotals(1, 20, 1, 1));
    assertThat(rawRows()).isEqualTo(1);
  }

  @Test
  void closing_writes_what_is_queued() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      record(attrs("10.0.0." + i % 7, NOW));
    }
    fetches.close();
    assertThatThrownBy(() -> record(attrs("10.0.0.1", NOW)))
        .isInstanceOf(FetchesFullException.class)
        .hasMessageContaining("the server is stopping");

    fetches = open(Seam.NONE);
    assertThat(fetches.totals()).isEqualTo(new FetchTotals(3_000, 60_000, 1, 7));
  }

  @Test
  void many_at_once_are_all_counted() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int n = i;
        calls.add(() -> {
          record(attrs("10.0.0." + n % 10, NOW.plusSeconds(n)));
          return n;
        });
      }
      for (Future<Integer> call : many.invokeAll(calls)) {
        call.get();
      }
    }
    fetches.flush();

    assertThat(fetches.seenBy(ATTRS, 100))
        .hasSize(10)
        .allSatisfy(seen -> assertThat(seen.count()).isEqualTo(20));
  }

  @Test
  void a_full_queue_makes_the_caller_wait_and_then_refuses() throws Exception {
    fetches.close();
    Database db = Database.open(settings(), Fetches.MIGRATIONS, commits);
    fetches = Fetches.open(db, RETENTION, clock, new Fetches.Limits(2, 50));
    commits.failAll(false);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                record(attrs("10.0.0.1", NOW));
              }
            })
        .isInstanceOf(FetchesFullException.class)
        .hasMessageContaining("files are not served unrecorded");
    commits.heal();
  }

  @Test
  void whole_months_are_forgotten_and_the_counts_stay() throws Exception {
    record(attrs("10.0.0.1", Instant.parse("2025-10-31T23:59:59Z")));
    record(six("10.0.0.2", PIP, Instant.parse("2026-08-31T23:59:59Z"), Fetch.Extent.WHOLE, 1));
    record(six("10.0.0.1", PIP, Instant.parse("2026-09-01T00:00:00Z"), Fetch.Extent.WHOLE, 1));
    record(six("10.0.0.1", PIP, NOW, Fetch.Extent.WHOLE, 1));
    fetches.flush();

    fetches.forget();

    assertThat(rawRows()).isEqualTo(2);
    assertThat(fetches.seenBy(ATTRS, 10)).isEmpty();
    assertThat(fetches.seenBy(SIX, 10).stream().map(Seen::address))
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(fetches.totals()).isEqualTo(new FetchTotals(4, 23, 2, 2));

    now.set(Instant.parse("2030-01-01T00:00:00Z"));
    fetches.forget();

    assertThat(rawRows()).isZero();
    assertThat(fetches.seenBy(SIX, 10)).isEmpty();
    assertThat(fetches.totals()).isEqualTo(new FetchTotals(4, 23, 2, 0));
    record(attrs("10.0.0.1", Instant.parse("2030-01-01T00:00:00Z")));
    fetches.flush();
    assertThat(fetches.seenBy(ATTRS, 10)).hasSize(1);
  }

  @Test
  void hostile_text_does_not_stop_the_record() throws Exception {
    record(
        new Fetch(
            SIX,
            "a\0\ud800'; DROP TABLE fetch_raw; --" + "x".repeat(10_000),
            "six",
            "\0",
            ClientSoftware.parse("\0\ud800"),
            NOW,
            Fetch.Extent.WHOLE,
            Fetch.Origin.HELD,
            1));
    fetches.flush();

    assertThat(fetches.seenBy(SIX, 10)).hasSize(1);
  }

  @Test
  void who_fetched_what_is_kept_at_least_as_long_as_single_fetches() {
    assertThatThrownBy(() -> new Retention(13, 12)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Retention(0, 12)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Retention(3, 0).seenStart(NOW)).isEmpty();
    assertThat(new Retention(3, 0).rawStart(NOW)).contains(Instant.parse("2026-08-01T00:00:00Z"));
  }

  private Fetches open(Seam seam) throws Exception {
    return Fetches.open(settings(), RETENTION, clock, seam);
  }

  private void record(Fetch fetch) throws FetchesFullException {
    fetches.record(fetch);
  }

  private int rawRows() throws Exception {
    try (Database db = Database.open(settings(), Fetches.MIGRATIONS)) {
      return db.<Integer>read(
          tx -> tx.createQuery("SELECT count(*) FROM fetch_raw").mapTo(Integer.class).one());
    }
  }

  private static Fetch six(
      String address, ClientSoftware client, Instant at, Fetch.Extent extent, long bytes) {
    return new Fetch(SIX, "six.whl", "six", address, client, at, extent, Fetch.Origin.HELD, bytes);
  }

  private static Fetch attrs(String address, Instant at) {
    return new Fetch(
        ATTRS,
        "attrs.whl",
        "attrs",
        address,
        PIP,
        at,
        Fetch.Extent.WHOLE,
        Fetch.Origin.BROUGHT,
        20);
  }

  private static Seen seen(
      ClientSoftware client, Instant first, Instant last, long count, long whole, long bytes) {
    return new Seen("six.whl", "10.0.0.1", client, first, last, count, whole, bytes);
  }
}
