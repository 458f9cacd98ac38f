package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.FaultyFiles;
import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.db.FaultyStatements;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.ManualClock;
import dev.wellhead.testkit.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The journey of a cold page, its METADATA and its file, once for each of its effects: that one
/// fails, before or after it took hold.
@ExtendWith(Quiet.class)
final class DownloadSweepTest {
  /// Longer than what is held back until the digest was right, so that some of it leaves before.
  private static final Wheel WHEEL = Wheel.of("sweep", 150_000);

  private static final Map<String, String> NO_RETRIES =
      Map.of("upstream.limits.retries", "0", "upstream.limits.stalled", "2s");

  @TempDir Path temp;
  private FakeIndex upstream = FakeIndex.start().file(WHEEL.filename(), WHEEL.bytes());
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-10T12:00:00Z"));

  private String part = "";

  @BeforeEach
  void make_a_data_folder_that_was_used_before() throws IOException {
    try (TestHouse house = TestHouse.open(temp.resolve("used"), upstream, Choices.usual())) {
      assertThat(house.url()).isNotNull();
    }
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  /// What fails.
  private interface Faults {
    /// Lets the effect with this number fail from now on.
    void fail(int number, boolean afterItTookHold);

    /// Whether it did.
    boolean fired(int number);

    void heal();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_on_the_folder_of_blobs_fails(boolean tookHold, TestReporter reporter)
      throws Exception {
    int swept = 0;
    while (true) {
      FaultyFiles files = new FaultyFiles();
      if (!sweep(swept, tookHold, Choices.usual().withBlobs(files::over), new OnFiles(files))) {
        break;
      }
      swept++;
    }
    report(reporter, "on the folder of blobs", swept, tookHold);
    assertThat(swept).isGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_on_the_database_fails(boolean tookHold, TestReporter reporter)
      throws Exception {
    int swept = 0;
    while (true) {
      FaultyStatements statements = new FaultyStatements();
      Choices choices = Choices.usual().withDatabase(statements);
      if (!sweep(swept, tookHold, choices, new OnStatements(statements, List.of()))) {
        break;
      }
      swept++;
    }
    report(reporter, "on the database", swept, tookHold);
    assertThat(swept).isGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_on_the_record_of_fetches_fails(boolean tookHold, TestReporter reporter)
      throws Exception {
    int swept = 0;
    while (true) {
      FaultyStatements statements = new FaultyStatements();
      Choices choices = Choices.usual().withFetches(statements);
      Faults faults = new OnStatements(statements, List.of("UPDATE fetch_total", "commit"));
      boolean fired = sweep(swept, tookHold, choices, faults);
      // Nothing here keeps files from being served: one on the journey and two after it. None is
      // forgotten, and none counted twice when only the answer to its commit was lost.
      assertThat(AtRest.fetches(folder(swept, tookHold))).isEqualTo(fired ? 3 : 5);
      if (!fired) {
        break;
      }
      swept++;
    }
    report(reporter, "on the record of fetches", swept, tookHold);
    assertThat(swept).isGreaterThan(5);
  }

  @Test
  void whatever_request_to_the_upstream_fails(TestReporter reporter) throws Exception {
    List<Trouble> troubles =
        List.of(
            new Trouble.HangUp(),
            Trouble.status(500),
            Trouble.status(404),
            Trouble.status(403),
            Trouble.html(),
            new Trouble.Truncated(20),
            new Trouble.Corrupt(25),
            new Trouble.Endless());
    int swept = sweptRequests(troubles);

    reporter.publishEntry("swept", swept + " failing requests to the upstream");
    assertThat(swept).isEqualTo(3 * troubles.size());
  }

  @Test
  void whatever_request_fails_to_an_upstream_that_has_nothing_but_ranges(TestReporter reporter)
      throws Exception {
    upstream.close();
    upstream = FakeIndex.start(Set.of(Feature.RANGES)).file(WHEEL.filename(), WHEEL.bytes());
    List<Trouble> troubles =
        List.of(
            new Trouble.HangUp(),
            Trouble.status(500),
            new Trouble.Truncated(20),
            new Trouble.Corrupt(65_000));
    int swept = sweptRequests(troubles);

    reporter.publishEntry("swept", swept + " failing requests to a poor upstream");
    assertThat(swept).isGreaterThanOrEqualTo(4 * troubles.size());
  }

  private int sweptRequests(List<Trouble> troubles) throws Exception {
    Choices choices = Choices.usual().at(clock).with(NO_RETRIES);
    int swept = 0;
    for (Trouble trouble : troubles) {
      int number = 0;
      part = "trouble" + troubles.indexOf(trouble);
      while (sweep(number, false, choices, new OnRequests(upstream, clock, trouble))) {
        number++;
        swept++;
      }
    }
    return swept;
  }

  /// One journey in which the effect with this number fails, what must hold after it, and the same
  /// journey again.
  ///
  /// @return whether there was such an effect
  private boolean sweep(int number, boolean tookHold, Choices choices, Faults faults)
      throws Exception {
    Path data = copied(folder(number, tookHold));
    boolean fired;
    try (TestHouse house = TestHouse.open(data, upstream, choices)) {
      Visitor visitor = new Visitor(house.url(), upstream);
      faults.fail(number, tookHold);
      int right = visitor.journey(WHEEL);
      fired = faults.fired(number);
      assertThat(fired || right == 3).as("nothing failed, and all must be right").isTrue();

      faults.heal();
      visitor.mustWork(WHEEL);
    }
    AtRest.isSound(data);
    if (AtRest.leftovers(data) > 0 || !fired) { // then a start must set it right
      try (TestHouse house = TestHouse.open(data, upstream, Choices.usual())) {
        assertThat(AtRest.leftovers(data)).isZero();
        new Visitor(house.url(), upstream).mustWork(WHEEL);
      }
    }
    return fired;
  }

  private Path folder(int number, boolean tookHold) {
    return temp.resolve(part + number + (tookHold ? "-after" : "-before"));
  }

  private Path copied(Path copy) {
    Path used = temp.resolve("used");
    try (Stream<Path> all = Files.walk(used)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, copy.resolve(used.relativize(path).toString()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void report(TestReporter reporter, String where, int swept, boolean tookHold) {
    reporter.publishEntry(
        "swept",
        swept
            + " effects "
            + where
            + ", failing "
            + (tookHold ? "after" : "before")
            + " they took hold");
  }

  private record OnFiles(FaultyFiles files) implements Faults {
    @Override
    public void fail(int number, boolean afterItTookHold) {
      files.fail(number, afterItTookHold);
    }

    @Override
    public boolean fired(int number) {
      return files.effects().size() > number;
    }

    @Override
    public void heal() {
      files.fail(-1, false);
    }
  }

  /// @param last how the last effects of a journey begin that a thread of its own causes, else none
  private record OnStatements(FaultyStatements statements, List<String> last) implements Faults {
    @Override
    public void fail(int number, boolean afterItTookHold) {
      statements.fail(number, afterItTookHold);
    }

    @Override
    public boolean fired(int number) {
      Await.until("all is done or failed", () -> hasFired(number) || isDone());
      return hasFired(number);
    }

    private boolean hasFired(int number) {
      return statements.effects().size() > number;
    }

    private boolean isDone() {
      Iterator<String> effects = statements.effects().iterator();
      for (String awaited : last) {
        boolean found = false;
        while (!found && effects.hasNext()) {
          found = effects.next().startsWith(awaited);
        }
        if (!found) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void heal() {
      statements.fail(-1, false);
    }
  }

  private record OnRequests(FakeIndex upstream, ManualClock clock, Trouble trouble)
      implements Faults {
    @Override
    public void fail(int number, boolean afterItTookHold) {
      upstream.forget();
      // What comes first is answered in one piece: as it should be.
      upstream
          .trouble("*", number, new Trouble.Dripping(1 << 20, Duration.ZERO))
          .trouble("*", 1, trouble);
    }

    @Override
    public boolean fired(int number) {
      return upstream.requests().size() > number;
    }

    @Override
    public void heal() {
      upstream.heal();
      clock.advance(Duration.ofHours(1)); // past every pause and negative answer
    }
  }
}
