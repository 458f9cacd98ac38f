package dev.wellhead.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What units may rely on, on every engine.
@Timeout(60)
abstract class DatabaseContract {
  static final Migrations MIGRATIONS = new Migrations("db/contract", "contract_history");

  final FailingCommits commits = new FailingCommits();
  final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  Database db;

  abstract DatabaseSettings settings();

  @BeforeEach
  void open() throws DatabaseRefusedException {
    db = Database.open(settings(), MIGRATIONS, commits);
  }

  @AfterEach
  void close() {
    callers.shutdownNow();
    db.close();
  }

  @Test
  void a_write_is_seen_by_the_next_read() throws DatabaseFault {
    assertThat(db.<Integer>write(tx -> mark(tx, "a"))).isEqualTo(1);

    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_unit_that_runs_twice_takes_hold_once() throws Exception {
    db.close();
    db = Database.open(settings(), MIGRATIONS, new Twice());

    db.write(tx -> mark(tx, "a"));
    db.write(tx -> increment(tx, "a"));

    assertThat(count("a")).isEqualTo(1);
  }

  @Test
  void a_failing_unit_is_undone_alone() throws Exception {
    List<Future<Integer>> answers =
        start(
            60,
            n ->
                db.write(tx -> {
                  int rows = mark(tx, numbered(n));
                  if (n % 3 == 0) {
                    throw new IllegalArgumentException("no to " + n);
                  }
                  return rows;
                }));

    for (int n = 0; n < answers.size(); n++) {
      if (n % 3 == 0) {
        assertThatThrownBy(answers.get(n)::get)
            .cause()
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("no to " + n);
      } else {
        assertThat(answers.get(n).get()).isEqualTo(1);
      }
    }
    assertThat(names())
        .isEqualTo(
            IntStream.range(0, 60)
                .filter(n -> n % 3 != 0)
                .mapToObj(DatabaseContract::numbered)
                .toList());
  }

  @Test
  void a_failed_statement_is_a_fault_of_its_own_unit() throws Exception {
    db.write(tx -> mark(tx, "taken"));

    List<Future<Integer>> answers =
        start(10, n -> db.write(tx -> mark(tx, n == 5 ? "taken" : "n" + n)));

    assertThatThrownBy(answers.get(5)::get).cause().isInstanceOf(DatabaseFault.class);
    for (int n = 0; n < 10; n++) {
      if (n != 5) {
        assertThat(answers.get(n).get()).isEqualTo(1);
      }
    }
    assertThat(names()).hasSize(10);
  }

  @Test
  void an_error_in_a_unit_reaches_its_caller_and_spares_the_next() throws DatabaseFault {
    assertThatThrownBy(() ->
            db.write(tx -> {
              mark(tx, "a");
              throw new StackOverflowError();
            }))
        .isInstanceOf(StackOverflowError.class);

    db.write(tx -> mark(tx, "b"));
    assertThat(names()).containsExactly("b");
  }

  @Test
  void sixteen_writers_who_read_first_lose_no_update() throws Exception {
    db.write(tx -> mark(tx, "a"));

    for (Future<Integer> answer :
        start(
            16,
            _ -> {
              for (int i = 0; i < 10; i++) {
                db.write(tx -> increment(tx, "a"));
              }
              return 0;
            })) {
      answer.get();
    }

    assertThat(count("a")).isEqualTo(160);
  }

  @Test
  void a_commit_that_fails_before_it_took_hold_leaves_nothing() throws DatabaseFault {
    commits.failNext(false);

    assertThatThrownBy(() -> db.write(tx -> mark(tx, "a")))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("the line went dead");

    db.write(tx -> mark(tx, "b"));
    assertThat(names()).containsExactly("b");
  }

  @Test
  void memory_that_runs_out_at_a_commit_leaves_nobody_waiting() throws DatabaseFault {
    commits.breakNext(new OutOfMemoryError("no heap"));

    assertThatThrownBy(() -> db.write(tx -> mark(tx, "a")))
        .isInstanceOfAny(DatabaseFault.class, OutOfMemoryError.class);
    db.write(tx -> mark(tx, "b"));

    assertThat(names()).containsExactly("b");
  }

  @Test
  void a_commit_whose_answer_is_lost_is_a_fault_too() throws DatabaseFault {
    commits.failNext(true);

    assertThatThrownBy(() -> db.write(tx -> mark(tx, "a"))).isInstanceOf(DatabaseFault.class);

    db.write(tx -> mark(tx, "b"));
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void what_cannot_be_committed_is_a_fault_for_all_who_wait() throws Exception {
    commits.failAll(false);

    for (Future<Integer> answer : start(20, n -> db.write(tx -> mark(tx, "n" + n)))) {
      assertThatThrownBy(answer::get).cause().isInstanceOf(DatabaseFault.class);
    }

    commits.heal();
    assertThat(names()).isEmpty();
  }

  @Test
  void a_reader_cannot_write() throws DatabaseFault {
    assertThatThrownBy(() -> db.read(tx -> mark(tx, "a"))).isInstanceOf(DatabaseFault.class);

    assertThat(names()).isEmpty();
  }

  @Test
  void a_read_sees_one_moment() throws Exception {
    CountDownLatch firstLook = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Future<List<Integer>> looks =
        callers.submit(() ->
            db.<List<Integer>>read(tx -> {
              int first = names(tx).size();
              firstLook.countDown();
              await(written);
              return List.of(first, names(tx).size());
            }));

    firstLook.await();
    db.write(tx -> mark(tx, "a"));
    written.countDown();

    assertThat(looks.get()).containsExactly(0, 0);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_unit_must_not_call_the_database() throws DatabaseFault {
    assertThatThrownBy(() -> db.write(tx -> mark(tx, "a") + inner()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use the handle it was given");

    assertThat(names()).isEmpty();
  }

  @Test
  void a_unit_may_return_nothing() throws DatabaseFault {
    assertThat(db.<@org.jspecify.annotations.Nullable String>read(_ -> null)).isNull();
  }

  @Test
  void closing_ends_what_was_begun_and_refuses_what_comes_later() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Future<Integer> slow =
        callers.submit(() ->
            db.<Integer>write(tx -> {
              begun.countDown();
              await(go);
              return mark(tx, "a");
            }));
    begun.await();
    Future<?> closing = callers.submit(db::close);
    go.countDown();

    assertThat(slow.get()).isEqualTo(1);
    closing.get();
    assertThatThrownBy(() -> db.write(tx -> mark(tx, "b")))
        .isInstanceOf(DatabaseFault.class)
        .hasMessageContaining("is closed");
    db.close();
    db = Database.open(settings(), MIGRATIONS);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_database_of_a_newer_version_is_refused() throws Exception {
    db.write(tx ->
        tx.execute(
            "INSERT INTO contract_history SELECT 9, '9', 'later', 'SQL', 'V9__later.sql', 1,"
                + " installed_by, installed_on, 1, success FROM contract_history"
                + " WHERE version = '2'"));
    db.close();

    assertThatThrownBy(() -> Database.open(settings(), MIGRATIONS))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageEndingWith(
            "was written by a newer version of this program (schema 9, this one knows 2);"
                + " start the newer version, or restore a backup from before the upgrade.");
  }

  @Test
  void a_migration_that_was_changed_after_it_ran_is_refused() throws Exception {
    db.write(tx -> tx.execute("UPDATE contract_history SET checksum = 1 WHERE version = '1'"));
    db.close();

    assertThatThrownBy(() -> Database.open(settings(), MIGRATIONS))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("cannot be brought to the schema of this version");
  }

  /// Flyway would refuse the changed description, so it was not asked: that is what makes a start
  /// quick.
  @Test
  void a_current_schema_is_recognised_by_numbers_and_checksums_alone() throws Exception {
    db.write(tx -> tx.execute("UPDATE contract_history SET description = 'x'"));
    db.close();

    db = Database.open(settings(), MIGRATIONS);
    assertThat(names()).isEmpty();
  }

  @Test
  void each_engine_runs_its_own_scripts_beside_the_common_ones() throws DatabaseFault {
    String engine =
        switch (settings()) {
          case DatabaseSettings.Sqlite _ -> "sqlite";
          case DatabaseSettings.Postgres _ -> "postgresql";
        };

    assertThat(
            db.<String>read(
                tx -> tx.createQuery("SELECT name FROM engine").mapTo(String.class).one()))
        .isEqualTo(engine);
  }

  private static String numbered(int n) {
    return "n" + (100 + n);
  }

  static int mark(Handle tx, String name) {
    return tx.createUpdate("INSERT INTO mark (name, count) VALUES (:name, 0)")
        .bind("name", name)
        .execute();
  }

  /// Reads, then writes what it read: safe only where writes behave as one after the other.
  static int increment(Handle tx, String name) {
    long before =
        tx.createQuery("SELECT count FROM mark WHERE name = :name")
            .bind("name", name)
            .mapTo(Long.class)
            .one();
    return tx.createUpdate("UPDATE mark SET count = :count WHERE name = :name")
        .bind("count", before + 1)
        .bind("name", name)
        .execute();
  }

  List<String> names() throws DatabaseFault {
    return db.<List<String>>read(DatabaseContract::names);
  }

  static List<String> names(Handle tx) {
    return tx.createQuery("SELECT name FROM mark ORDER BY name").mapTo(String.class).list();
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long count(String name) throws DatabaseFault {
    return db.<Long>read(tx ->
        tx.createQuery("SELECT count FROM mark WHERE name = :name")
            .bind("name", name)
            .mapTo(Long.class)
            .one());
  }

  private int inner() {
    try {
      return names().size();
    } catch (DatabaseFault e) {
      throw new IllegalArgumentException(e);
    }
  }

  private interface Numbered {
    Integer call(int n) throws DatabaseFault;
  }

  private List<Future<Integer>> start(int number, Numbered work)
      throws InterruptedException, ExecutionException {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int n = i;
      calls.add(() -> work.call(n));
    }
    return callers.invokeAll(calls);
  }
}
