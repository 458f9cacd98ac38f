package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.index.Eviction.Mode;
import dev.wellhead.testkit.FakeIndex;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What goes for the budget, what stays, and how it comes back.
@Timeout(30)
final class EvictionTest {
  private static final int SIZE = 10_000;
  private static final Eviction.Pace ON = (_, _) -> true;

  // Later than the files' times on the disk, which are the machine's.
  private static final Instant LATER = Instant.parse("2040-01-10T12:00:00Z");

  @TempDir private Path folder;
  private final FakeIndex index = FakeIndex.start();
  private Standalone house;

  @BeforeEach
  void open() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      index.file(sdist(name), bytes(name));
    }
    house = new Standalone(folder, index);
    house.clock.set(LATER);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
    index.close();
  }

  @Test
  void what_was_not_fetched_for_longest_goes_and_comes_back_whole() throws Exception {
    fetchedInTurn("a", "b", "c", "a");

    Eviction.Run run = evict(2 * SIZE, Mode.REMOVE);

    assertThat(run).isEqualTo(new Eviction.Run(3 * SIZE, List.of(hash("b")), SIZE, true));
    assertThat(house.blobs.find(hash("b"))).isEmpty();
    assertThat(house.blobs.find(hash("a"))).isPresent();
    index.forget();
    assertThat(get("b").body()).isEqualTo(bytes("b"));
    assertThat(index.requests()).hasSize(1);
    assertThat(evict(3 * SIZE, Mode.REMOVE).evicted()).isEmpty();
  }

  @Test
  void bytes_that_changed_upstream_meanwhile_are_refused_when_they_come_back() throws Exception {
    fetchedInTurn("a", "b");
    assertThat(evict(SIZE, Mode.REMOVE).evicted()).containsExactly(hash("a"));
    String path = Standalone.path(index, sdist("a"));
    index.file(sdist("a"), bytes("x"));

    HttpResponse<byte[]> answer = house.get(path);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(house.blobs.find(hash("a"))).isEmpty();
  }

  @Test
  void the_view_of_an_earlier_day_fetches_by_hash_what_was_evicted() throws Exception {
    fetchedInTurn("a", "b");
    house.clock.advance(Duration.ofDays(2));
    String day = "/default@" + LATER.toString().substring(0, 10);
    assertThat(evict(SIZE, Mode.REMOVE).evicted()).containsExactly(hash("a"));

    HttpResponse<byte[]> answer = house.get(day + Standalone.path(index, sdist("a")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(bytes("a"));
  }

  @Test
  void a_dry_run_says_what_would_go_and_removes_nothing() throws Exception {
    fetchedInTurn("a", "b", "c");

    assertThat(evict(SIZE, Mode.DRY_RUN).evicted()).containsExactly(hash("a"), hash("b"));
    assertThat(house.blobs.usage().blobs()).isEqualTo(3);
  }

  @Test
  void what_is_hosted_too_stays_and_does_not_count() throws Exception {
    fetchedInTurn("a", "b");
    house.hosts("mine-1.0.tar.gz", bytes("a"));
    house.clock.advance(Duration.ofHours(1));

    Eviction.Run run = evict(0, Mode.REMOVE);

    assertThat(run).isEqualTo(new Eviction.Run(SIZE, List.of(hash("b")), SIZE, true));
    assertThat(house.blobs.find(hash("a"))).isPresent();
  }

  @Test
  void what_is_in_quarantine_or_listed_nowhere_any_more_stays_and_counts() throws Exception {
    fetchedInTurn("a", "b", "c");
    index.status("a", "quarantined");
    index.remove(sdist("b"));
    for (String name : List.of("a", "b")) {
      house.json(name);
    }

    assertThat(evict(0, Mode.REMOVE))
        .isEqualTo(new Eviction.Run(3 * SIZE, List.of(hash("c")), SIZE, true));
  }

  @Test
  void what_was_just_handed_out_stays_for_a_while() throws Exception {
    fetchedInTurn("a");
    assertThat(house.ask("GET", Standalone.path(index, sdist("a")), "Range", "bytes=0-1").body())
        .hasSize(2);

    assertThat(evict(0, Mode.REMOVE).evicted()).isEmpty();
    house.clock.advance(CacheBudget.UNTOUCHED.plusMinutes(1));
    assertThat(evict(0, Mode.REMOVE).evicted()).containsExactly(hash("a"));
  }

  @Test
  void a_blob_that_is_borrowed_while_it_is_chosen_is_not_removed() throws Exception {
    fetchedInTurn("a");

    Eviction.Run run =
        eviction()
            .run(
                0,
                0,
                Mode.REMOVE,
                (looked, _) -> {
                  if (looked > 0) { // it is chosen, and not removed yet
                    borrow(hash("a"));
                  }
                  return true;
                });

    assertThat(run.evicted()).isEmpty();
    assertThat(house.blobs.find(hash("a"))).isPresent();
  }

  @Test
  void metadata_that_was_evicted_is_read_again() throws Exception {
    String wheel = "d-1.0-py3-none-any.whl";
    index.file(wheel, TestWheels.wheel("d", "1.0", SIZE));
    house.json("d");
    String path = Standalone.path(index, wheel);
    byte[] metadata = house.get(path + ".metadata").body();
    house.get(path);
    house.clock.advance(Duration.ofHours(1));

    assertThat(evict(0, Mode.REMOVE).evicted()).hasSize(2);
    assertThat(house.blobs.usage().blobs()).isZero();
    assertThat(house.get(path + ".metadata").body()).isEqualTo(metadata).isNotEmpty();
  }

  private void borrow(Sha256 sha256) {
    try {
      house.blobs.borrow(sha256, house.clock.instant());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void fetchedInTurn(String... names) throws Exception {
    for (String name : names) {
      house.json(name);
      assertThat(get(name).statusCode()).isEqualTo(200);
      house.clock.advance(Duration.ofHours(1));
    }
  }

  private HttpResponse<byte[]> get(String name) throws Exception {
    return house.get(Standalone.path(index, sdist(name)));
  }

  private Eviction eviction() {
    return new Eviction(house.database, house.blobs, house.fetches, house.clock);
  }

  private Eviction.Run evict(long most, Mode mode) throws Exception {
    return eviction().run(most, most, mode, ON);
  }

  private Sha256 hash(String name) {
    return Sha256.of(index.sha256(sdist(name))).orElseThrow();
  }

  private static String sdist(String name) {
    return name + "-1.0.tar.gz";
  }

  private static byte[] bytes(String name) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) name.charAt(0));
    return bytes;
  }
}
