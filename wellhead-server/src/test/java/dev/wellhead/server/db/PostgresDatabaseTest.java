package dev.wellhead.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.class)
final class PostgresDatabaseTest extends DatabaseContract {
  private final DatabaseSettings.Postgres settings;

  PostgresDatabaseTest(DatabaseSettings.Postgres settings) {
    this.settings = settings;
  }

  @Override
  DatabaseSettings settings() {
    return settings;
  }

  @Test
  void a_lost_race_is_run_again() throws DatabaseFault {
    commits.loseNextRace();

    assertThat(db.<Integer>write(tx -> mark(tx, "a"))).isEqualTo(1);

    assertThat(names()).containsExactly("a");
  }

  @Test
  void several_rooms_share_a_database() throws Exception {
    try (Database other = Database.open(settings, new Migrations("db/second", "second_history"))) {
      assertThat(
              other.<Integer>read(
                  tx -> tx.createQuery("SELECT count(*) FROM mark").mapTo(Integer.class).one()))
          .isZero();
    }
    try (Database again = Database.open(settings, new Migrations("db/second", "second_history"))) {
      assertThat(again.<Integer>write(tx -> tx.execute("INSERT INTO other VALUES ('x')"))).isOne();
    }
  }

  @Test
  void a_server_that_is_too_old_is_refused_with_both_versions() {
    Schema schema =
        new Schema(new PostgresDialect(settings), new Migrations("db/second", "second_history"));

    assertThatThrownBy(() -> schema.refuseOld(14))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessage(
            "PostgreSQL at "
                + settings.url()
                + " is of version 14, and version 15 or newer is needed; upgrade that server, or"
                + " name another.");
  }

  @Test
  void a_wrong_password_is_refused_with_the_user_and_without_the_password() {
    assertRefused(
        new DatabaseSettings.Postgres(settings.url(), PostgresServer.LOCKED_ROLE, "wrong"),
        "PostgreSQL at "
            + settings.url()
            + " refused the password of user locked; check both settings.");
  }

  @Test
  void a_user_who_may_not_make_tables_is_refused() {
    assertThatThrownBy(() ->
            Database.open(
                new DatabaseSettings.Postgres(settings.url(), PostgresServer.LOCKED_ROLE, "right"),
                new Migrations("db/second", "second_history")))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void a_database_that_does_not_exist_is_refused() {
    assertRefused(
        new DatabaseSettings.Postgres(settings.url() + "x?sslmode=disable", "postgres", ""),
        "PostgreSQL at "
            + settings.url()
            + "x does not exist on that server; make it with CREATE DATABASE.");
  }

  @Test
  void a_server_that_cannot_be_reached_is_refused() {
    assertThatThrownBy(() ->
            Database.open(
                new DatabaseSettings.Postgres("jdbc:postgresql://127.0.0.1:1/x", "u", "secret"),
                MIGRATIONS))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageStartingWith("PostgreSQL at jdbc:postgresql://127.0.0.1:1/x cannot be reached (")
        .hasMessageEndingWith("start it or correct the URL.")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_url_of_another_kind_is_refused() {
    assertRefused(
        new DatabaseSettings.Postgres("postgres://u:secret@h/x", "u", "secret"),
        "the URL of PostgreSQL must begin with jdbc:postgresql:, as in"
            + " jdbc:postgresql://host:5432/name; user and password are settings of their own.");
  }

  @Test
  void settings_do_not_show_the_password() {
    assertThat(new DatabaseSettings.Postgres("url", "u", "secret"))
        .hasToString("Postgres[url=url, user=u, connections=8]");
  }

  private static void assertRefused(DatabaseSettings settings, String sentence) {
    assertThatThrownBy(() -> Database.open(settings, MIGRATIONS))
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessage(sentence);
  }
}
