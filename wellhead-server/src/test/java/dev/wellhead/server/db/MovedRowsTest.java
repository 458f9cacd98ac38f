package dev.wellhead.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Rows that leave one database and come into another, of either engine.
@ExtendWith(PostgresServer.class)
final class MovedRowsTest {
  private static final Migrations MOVED = new Migrations("db/moved", "moved_history");

  @TempDir private Path folder = Path.of("");

  @Test
  void tables_come_after_those_that_they_refer_to_and_hold_what_was_declared() throws Exception {
    Blueprint blueprint = Blueprint.of(MOVED, Blueprint.latest(MOVED), folder);

    assertThat(blueprint.schema()).isEqualTo(3);
    assertThat(blueprint.tables().stream().map(Table::name))
        .containsExactly("kinds", "total", "zebra", "ant");
    assertThat(blueprint.tables().getFirst().columns().stream().map(Table.Column::kind))
        .containsExactly(
            Table.Kind.WHOLE,
            Table.Kind.WHOLE,
            Table.Kind.TRUTH,
            Table.Kind.TEXT,
            Table.Kind.REAL,
            Table.Kind.BYTES);
    assertThat(blueprint.seeds().get("total")).isEqualTo(sum(List.of(1L, 0L)));
    assertThat(blueprint.seeds().get("zebra")).isEqualTo(RowsDigest.NONE);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_digest_knows_no_order_and_every_value() {
    assertThat(sum(List.of(1L, "a"), List.of(2L, "b")))
        .isEqualTo(sum(List.of(2L, "b"), List.of(1L, "a")))
        .isNotEqualTo(sum(List.of(1L, "b"), List.of(2L, "a")))
        .isNotEqualTo(sum(List.of(1L, "a"), List.of(2L, "b"), List.of(2L, "b")));
    assertThat(sum(List.of("ab", "c"))).isNotEqualTo(sum(List.of("a", "bc")));
  }

  @Test
  void rows_are_the_same_on_postgresql_and_back_again(DatabaseSettings.Postgres postgres)
      throws Exception {
    DatabaseSettings.Sqlite first = sqlite("first");
    fill(first);

    Map<String, RowsDigest> there = move(first, postgres, 3);
    DatabaseSettings.Sqlite last = sqlite("last");
    Map<String, RowsDigest> back = move(postgres, last, 3);

    assertThat(there).isEqualTo(back).isEqualTo(digests(first));
    assertThat(back.get("kinds")).extracting(RowsDigest::rows).isEqualTo(2_003L);
    try (Database database = Database.open(postgres, MOVED)) {
      long next =
          database.<Long>write(tx ->
              tx.createQuery("INSERT INTO kinds (words) VALUES ('next') RETURNING id")
                  .mapTo(Long.class)
                  .one());
      assertThat(next).isEqualTo(9_000_000_001L);
    }
  }

  @Test
  void a_database_with_rows_of_its_own_is_refused_and_left_alone(DatabaseSettings.Postgres postgres)
      throws Exception {
    for (DatabaseSettings target : List.of(postgres, sqlite("target"))) {
      try (Database database = Database.open(target, MOVED)) {
        database.write(tx -> tx.execute("UPDATE total SET count = 5"));
      }

      assertThatThrownBy(() -> Load.into(target, MOVED, Blueprint.of(MOVED, 3, folder)).close())
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("has rows already (1 in total); name a database that is empty.");
      assertThat(digests(target).get("total")).isEqualTo(sum(List.of(1L, 5L)));
    }
  }

  @Test
  void what_is_not_committed_was_never_there(DatabaseSettings.Postgres postgres) throws Exception {
    DatabaseSettings.Sqlite first = sqlite("first");
    fill(first);
    Blueprint blueprint = Blueprint.of(MOVED, 3, folder);
    for (DatabaseSettings target : List.of(postgres, sqlite("target"))) {
      try (Snapshot from = Snapshot.open(first);
          Load load = Load.into(target, MOVED, blueprint)) {
        for (Table table : blueprint.tables()) {
          load.fill(table, sink -> from.rows(table, sink));
        }
      }
      assertThat(digests(target)).isEqualTo(blueprint.seeds());
    }
  }

  @Test
  void rows_of_an_older_schema_are_brought_to_the_present_one(DatabaseSettings.Postgres postgres)
      throws Exception {
    Blueprint old = Blueprint.of(MOVED, 2, folder);
    for (DatabaseSettings target : List.of(postgres, sqlite("target"))) {
      try (Load load = Load.into(target, MOVED, old)) {
        for (Table table : old.tables()) {
          load.fill(
              table,
              sink -> {
                if (table.name().equals("zebra")) {
                  sink.take(new ArrayList<>(List.of("old")));
                }
              });
        }
        load.commit();
      }
      try (Database database = Database.open(target, MOVED)) {
        assertThat(
                database.<Long>read(
                    tx -> tx.createQuery("SELECT stripes FROM zebra").mapTo(Long.class).one()))
            .isEqualTo(7);
      }
      assertThatThrownBy(() -> Load.into(target, MOVED, old).close())
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("(schema 3, the rows have 2)");
    }
  }

  @Test
  void a_snapshot_does_not_see_what_comes_after_it(DatabaseSettings.Postgres postgres)
      throws Exception {
    Table zebra = new Table("zebra", List.of(new Table.Column("name", Table.Kind.TEXT)));
    for (DatabaseSettings settings : List.of(postgres, sqlite("seen"))) {
      try (Database database = Database.open(settings, MOVED)) {
        database.write(tx -> tx.execute("INSERT INTO zebra (name) VALUES ('before')"));
        List<Object> seen = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.open(settings)) {
          database.write(tx -> tx.execute("INSERT INTO zebra (name) VALUES ('after')"));
          snapshot.rows(zebra, row -> seen.addAll(row));
        }
        assertThat(seen).containsExactly("before");
      }
    }
  }

  private void fill(DatabaseSettings settings) throws Exception {
    try (Database database = Database.open(settings, MOVED)) {
      database.write(tx -> {
        tx.execute("INSERT INTO zebra (name) VALUES ('z'), ('Ä'), ('\ud83d\ude00')");
        tx.execute("INSERT INTO ant (name, part) VALUES ('z', 'leg'), ('Ä', '')");
        tx.execute(
            "INSERT INTO kinds VALUES (1, -2147483648, true, 'it''s \"so\"\n', 0.1, x'00ff')");
        tx.execute("INSERT INTO kinds VALUES (2, NULL, NULL, NULL, NULL, NULL)");
        tx.execute("INSERT INTO kinds VALUES (9000000000, 0, false, '', -1e300, x'')");
        for (int i = 0; i < 2_000; i++) {
          tx.execute("INSERT INTO kinds (id, words) VALUES (?, ?)", 100 + i, "row " + i);
        }
        return tx.execute("UPDATE total SET count = 42");
      });
    }
  }

  private Map<String, RowsDigest> move(DatabaseSettings from, DatabaseSettings to, long schema)
      throws Exception {
    Blueprint blueprint = Blueprint.of(MOVED, schema, folder);
    Map<String, RowsDigest> moved = new LinkedHashMap<>();
    try (Snapshot snapshot = Snapshot.open(from);
        Load load = Load.into(to, MOVED, blueprint)) {
      for (Table table : blueprint.tables()) {
        moved.put(table.name(), load.fill(table, sink -> snapshot.rows(table, sink)));
      }
      load.commit();
    }
    return moved;
  }

  private Map<String, RowsDigest> digests(DatabaseSettings settings) throws Exception {
    Map<String, RowsDigest> digests = new LinkedHashMap<>();
    try (Snapshot snapshot = Snapshot.open(settings)) {
      for (Table table : Blueprint.of(MOVED, 3, folder).tables()) {
        RowsDigest.Sum sum = new RowsDigest.Sum();
        snapshot.<RuntimeException>rows(table, sum::add);
        digests.put(table.name(), sum.digest());
      }
    }
    return digests;
  }

  private static RowsDigest sum(List<?>... rows) {
    RowsDigest.Sum sum = new RowsDigest.Sum();
    Stream.of(rows).forEach(sum::add);
    return sum.digest();
  }

  private DatabaseSettings.Sqlite sqlite(String name) {
    return new DatabaseSettings.Sqlite(
        folder.resolve(name).resolve("moved.db"), Durability.NORMAL, 1);
  }
}
