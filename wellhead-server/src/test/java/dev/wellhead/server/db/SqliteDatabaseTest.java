package dev.wellhead.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest extends DatabaseContract {
  @TempDir Path folder;

  @Override
  DatabaseSettings settings() {
    return new DatabaseSettings.Sqlite(folder.resolve("data/house.db"), Durability.FULL);
  }

  @Test
  void connections_are_set_as_measured() throws DatabaseFault {
    Map<String, String> expected =
        Map.of(
            "journal_mode", "wal",
            "synchronous", "2",
            "foreign_keys", "1",
            "wal_autocheckpoint", "0",
            "journal_size_limit", "8388608",
            "mmap_size", "0",
            "temp_store", "2",
            "busy_timeout", "10000");
    for (Map.Entry<String, String> pragma : expected.entrySet()) {
      Unit<String> ask =
          tx -> tx.createQuery("PRAGMA " + pragma.getKey()).mapTo(String.class).one();
      assertThat(List.of(db.<String>write(ask), db.<String>read(ask)))
          .as(pragma.getKey())
          .containsExactly(pragma.getValue(), pragma.getValue());
    }
  }

  @Test
  void nobody_else_can_read_the_files() throws Exception {
    db.write(tx -> mark(tx, "a"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
        .isEqualTo("rwx------");
    for (String file : List.of("house.db", "house.db-wal")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("data").resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void what_waits_together_is_committed_together() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<Integer> slow = callers.submit(() -> db.<Integer>write(tx -> blocked(tx, begun, go)));
    begun.await();
    List<Thread> waiting =
        IntStream.range(0, 20)
            .mapToObj(n -> Thread.ofVirtual().start(() -> writeMark("n" + n)))
            .toList();
    for (Thread thread : waiting) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    go.countDown();
    slow.get();
    for (Thread thread : waiting) {
      thread.join();
    }

    assertThat(names()).hasSize(21);
    assertThat(commits.asked()).isEqualTo(2);
  }

  @Test
  void a_slow_read_holds_up_no_other_thread() throws Exception {
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Integer>> slow =
        IntStream.range(0, 4)
            .mapToObj(n ->
                callers.submit(() ->
                    db.<Integer>read(_ -> {
                      begun.countDown();
                      await(go);
                      return n;
                    })))
            .toList();
    begun.await();

    assertThat(callers.submit(() -> db.<Integer>write(tx -> mark(tx, "a"))).get()).isEqualTo(1);
    go.countDown();
    for (int n = 0; n < 4; n++) {
      assertThat(slow.get(n).get()).isEqualTo(n);
    }
  }

  @Test
  void an_interrupted_caller_takes_back_what_has_not_begun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<Integer> slow = callers.submit(() -> db.<Integer>write(tx -> blocked(tx, begun, go)));
    begun.await();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread impatient =
        Thread.ofVirtual()
            .start(() -> {
              try {
                db.write(tx -> mark(tx, "taken back"));
              } catch (DatabaseFault e) {
                thrown.set(e);
              }
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    impatient.interrupt();
    impatient.join();
    go.countDown();

    assertThat(slow.get()).isEqualTo(1);
    assertThat(thrown.get()).hasMessage("interrupted before the unit began; nothing was changed");
    assertThat(stillInterrupted).isTrue();
    assertThat(names()).containsExactly("slow");
  }

  @Test
  void an_interrupted_caller_waits_for_what_has_begun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<@Nullable Integer> answer = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Thread impatient =
        Thread.ofVirtual()
            .start(() -> {
              try {
                answer.set(db.<Integer>write(tx -> blocked(tx, begun, go)));
              } catch (DatabaseFault e) {
                throw new IllegalStateException(e);
              }
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    begun.await();
    impatient.interrupt();
    go.countDown();
    impatient.join();

    assertThat(answer).hasValue(1);
    assertThat(stillInterrupted).isTrue();
    assertThat(names()).containsExactly("slow");
  }

  @Test
  void the_log_is_moved_into_the_file_while_it_is_written_and_read() throws Exception {
    String megabyte = "x".repeat(1 << 20);
    Path log = folder.resolve("data/house.db-wal");
    db.<Integer>write(tx -> IntStream.range(0, 24).map(n -> mark(tx, n + megabyte)).sum());
    assertThat(Files.size(log)).isGreaterThan(20 << 20);

    int more = 0;
    while (Files.size(log) > 8_388_608) { // ends when a checkpoint ran, or by the time limit
      int n = more++;
      db.write(tx -> mark(tx, "small " + n));
      names();
    }
  }

  @Test
  void closing_leaves_one_file() throws Exception {
    db.write(tx -> mark(tx, "a"));
    names();

    db.close();

    try (var files = Files.list(folder.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("house.db");
    }
  }

  @Test
  void what_is_no_database_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "Dear diary, ".repeat(1000));

    assertRefused(
        file, file + " is not a database of SQLite; move it away or name another data folder.");
  }

  @Test
  void a_folder_that_cannot_be_made_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertRefused(file.resolve("house.db"), file + " is no folder; name another data folder.");
    assertThatThrownBy(() -> open(file.resolve("deeper/house.db")))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageStartingWith("the folder " + file.resolve("deeper") + " cannot be written (");
  }

  @Test
  void a_folder_in_place_of_the_file_is_refused() {
    assertRefused(folder, folder + " is not a file; move it away or name another data folder.");
  }

  @Test
  void a_file_of_another_program_is_refused() throws SQLException {
    Path file = folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bookmark (url text)");
    }

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageStartingWith("the database " + file + " cannot be brought to the schema")
        .hasMessageContaining("non-empty schema");
  }

  private void writeMark(String name) {
    try {
      db.<Integer>write(tx -> mark(tx, name));
    } catch (DatabaseFault e) {
      throw new IllegalStateException(e);
    }
  }

  private int blocked(org.jdbi.v3.core.Handle tx, CountDownLatch begun, CountDownLatch go) {
    begun.countDown();
    await(go);
    return mark(tx, "slow");
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessage(sentence);
  }

  private static void open(Path file) throws DatabaseRefusedException {
    Database.open(new DatabaseSettings.Sqlite(file, Durability.FULL), MIGRATIONS).close();
  }
}
