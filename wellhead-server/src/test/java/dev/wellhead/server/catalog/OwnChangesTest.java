package dev.wellhead.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class OwnChangesTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-01T12:00:00Z"));
  private Database database;
  private OwnChanges changes;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database =
        Database.open(
            new DatabaseSettings.Sqlite(folder.resolve("wellhead.db"), Durability.NORMAL),
            new Migrations("db/house", "house_history"));
    changes = new OwnChanges(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_look_counts_for_a_fifth_of_a_second_and_no_longer() throws Exception {
    assertThat(changes.isFresh(clock.instant())).isFalse();
    long before = changes.look();
    noted();

    clock.advance(Duration.ofMillis(100));
    assertThat(changes.isFresh(clock.instant())).isTrue();
    assertThat(changes.look()).isEqualTo(before);

    clock.advance(Duration.ofMillis(100));
    assertThat(changes.isFresh(clock.instant())).isFalse();
    assertThat(changes.look()).isEqualTo(before + 1);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void the_next_look_is_begun_before_the_last_one_stops_counting() throws Exception {
    long before = changes.look();
    noted();

    clock.advance(Duration.ofMillis(150));
    assertThat(changes.isFresh(clock.instant())).isTrue();
    while (changes.number() == before) {
      Thread.onSpinWait();
    }

    assertThat(changes.number()).isEqualTo(before + 1);
    clock.advance(Duration.ofMillis(150));
    assertThat(changes.isFresh(clock.instant())).isTrue();
  }

  @Test
  void what_was_decided_here_counts_at_once_also_while_a_look_is_under_way() throws Exception {
    long before = changes.look();
    clock.advance(Duration.ofMillis(150));
    assertThat(changes.isFresh(clock.instant())).isTrue();
    noted();
    changes.expire();

    assertThat(changes.look()).isEqualTo(before + 1);
  }

  private void noted() throws Exception {
    database.write(tx -> {
      OwnChanges.note(tx);
      return 1;
    });
  }
}
