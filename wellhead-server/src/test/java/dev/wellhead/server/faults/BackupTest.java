package dev.wellhead.server.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.PostgresServer;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A backup made beside a working server, and what comes back of it.
@ExtendWith(PostgresServer.class)
final class BackupTest {
  private static final Wheel WHEEL = Wheel.of("kept", 200_000);

  @TempDir private Path temp = Path.of("");
  private final FakeIndex upstream = FakeIndex.start();
  private Path data = Path.of("");

  @BeforeEach
  void offer() {
    upstream.file(WHEEL.filename(), WHEEL.bytes());
    data = temp.resolve("data");
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void a_folder_and_a_tar_bring_everything_back_and_the_upstream_is_not_asked_for_files()
      throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("wellhead.toml"), "[log]\nlevel = \"error\"\n");
    for (String name : List.of("folder", "file.tar")) {
      Path backup = temp.resolve(name);
      try (TestHouse house = open(data)) {
        new Visitor(house.url(), upstream).mustWork(WHEEL);
        Said said = verb(data, "backup", backup.toString());
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).matches(backup + ": [0-9]+ rows, 2 files of [0-9]+ bytes\\.\n");
        assertThat(verb(data, "backup", backup.toString()).exitCode()).isEqualTo(1);
      }
      Path restored = temp.resolve("restored-" + name);

      Said said = verb(restored, "restore", backup.toString());

      assertThat(said.err()).isEmpty();
      assertThat(said.exitCode()).isZero();
      assertThat(verb(restored, "fsck").exitCode()).isZero();
      assertThat(restored.resolve("wellhead.toml")).content().contains("level = \"error\"");
      AtRest.isSound(restored);
      assertThat(AtRest.fetches(restored)).isEqualTo(AtRest.fetches(data));
      long before = upstream.count(upstream.filePath(WHEEL.filename()));
      try (TestHouse house = open(restored)) {
        new Visitor(house.url(), upstream).mustWork(WHEEL);
      }
      assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(before);
    }
  }

  @Test
  void without_the_cache_files_come_from_the_upstream_again() throws Exception {
    Path backup = temp.resolve("small.tar");
    visit(data);
    assertThat(verb(data, "backup", "--without-cache", backup.toString()).out())
        .contains(" 0 files of 0 bytes, without what upstreams can bring again.");
    Path restored = temp.resolve("restored");
    assertThat(verb(restored, "restore", backup.toString()).exitCode()).isZero();

    assertThat(verb(restored, "fsck"))
        .isEqualTo(
            new Said(
                0, "Checked 0 blobs of 0 bytes (0 of them named by nothing): all is well.\n", ""));
    visit(restored);
    AtRest.isSound(restored);
    assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(2);
  }

  @Test
  void rows_go_to_postgresql_and_back_by_backups_and_by_migrate(DatabaseSettings.Postgres postgres)
      throws Exception {
    visit(data);
    Path settings = temp.resolve("postgres.toml");
    Files.writeString(settings, toml(postgres));

    Said moved = verb(data, "migrate", "--to-postgres", postgres.url(), "--user", postgres.user());
    Said again = verb(data, "migrate", "--to-postgres", postgres.url(), "--user", postgres.user());

    assertThat(moved.err()).isEmpty();
    assertThat(moved.out())
        .contains("\nproject: 1 rows\n", "\nurl = \"" + postgres.url() + "\"\n", "[storage]");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("has rows already").doesNotContain("\tat");
    Path backup = temp.resolve("from-postgres");
    try (TestHouse house =
        TestHouse.open(
            data, upstream, Choices.usual().with(Map.of("config", settings.toString())))) {
      new Visitor(house.url(), upstream).mustWork(WHEEL);
      assertThat(verb(data, "backup", backup.toString()).err()).isEmpty();
    }
    Path restored = temp.resolve("restored");
    assertThat(verb(restored, "restore", backup.toString()).err()).isEmpty();
    assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(1);
    visit(restored);
    AtRest.isSound(restored);
    assertThat(AtRest.fetches(restored)).isEqualTo(AtRest.fetches(data) * 3);
  }

  @Test
  void half_a_backup_is_refused_with_a_sentence() throws Exception {
    visit(data);
    Path folder = temp.resolve("folder");
    Path tar = temp.resolve("file.tar");
    assertThat(verb(data, "backup", folder.toString()).exitCode()).isZero();
    assertThat(verb(data, "backup", tar.toString()).exitCode()).isZero();
    Files.delete(folder.resolve("manifest.json"));
    byte[] whole = Files.readAllBytes(tar);
    Path cut = temp.resolve("cut.tar");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

    for (Path half : List.of(folder, cut)) {
      assertThat(verb(temp.resolve("new"), "restore", half.toString()))
          .isEqualTo(
              new Said(
                  1,
                  "",
                  half
                      + " is no whole backup: it has no manifest, which is written last. Take"
                      + " another one.\n"));
    }
    assertThat(temp.resolve("new")).doesNotExist();
  }

  @Test
  void any_damaged_part_is_refused_and_the_next_try_begins_anew() throws Exception {
    visit(data);
    Path backup = temp.resolve("backup");
    assertThat(verb(data, "backup", backup.toString()).exitCode()).isZero();
    Path restored = temp.resolve("restored");
    List<Path> parts;
    try (Stream<Path> all = Files.walk(backup)) {
      parts = all.filter(Files::isRegularFile).toList();
    }
    assertThat(parts).hasSizeGreaterThan(14);
    for (Path part : parts) {
      byte[] right = Files.readAllBytes(part);
      byte[] wrong = right.clone();
      wrong[wrong.length / 2] ^= 1;
      Files.write(part, wrong);

      Said said = verb(restored, "restore", backup.toString());

      assertThat(said.exitCode()).as("%s", part).isEqualTo(1);
      assertThat(said.err().lines()).as("%s", part).hasSize(1);
      assertThat(said.out()).isEmpty();
      Files.write(part, right);
    }
    assertThat(verb(restored, "fsck").err())
        .contains("begun and not finished: call wellhead restore again");

    assertThat(verb(restored, "restore", backup.toString()).err()).isEmpty();
    AtRest.isSound(restored);
  }

  @Test
  void a_restore_takes_an_empty_folder_alone_and_a_known_version() throws Exception {
    visit(data);
    Path backup = temp.resolve("backup");
    assertThat(verb(data, "backup", backup.toString()).exitCode()).isZero();

    assertThat(verb(data, "restore", backup.toString()).err()).contains("is not empty");
    AtRest.isSound(data);
    assertThat(verb(temp.resolve("new"), "restore", temp.resolve("none").toString()).err())
        .isEqualTo("There is no " + temp.resolve("none") + ".\n");
    Path manifest = backup.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replaceAll("\"schema\" : [0-9]+", "\"schema\" : 999"));
    assertThat(verb(temp.resolve("new"), "restore", backup.toString()).err())
        .contains("was made by a newer version, Wellhead development (schema 999");
    Files.writeString(manifest, text.replace("\"format_version\" : 1", "\"format_version\" : 2"));
    assertThat(verb(temp.resolve("new"), "restore", backup.toString()).err())
        .contains("was made by a newer version");
  }

  @Test
  void a_backup_goes_nowhere_that_is_taken() throws Exception {
    visit(data);
    Path file = Files.writeString(temp.resolve("file"), "mine", UTF_8);

    assertThat(verb(data, "backup", file.toString()).err()).contains("is a file; name a folder");
    assertThat(verb(data, "backup", data.resolve("here").toString()).err())
        .contains("lies in the data folder");
    assertThat(verb(data, "backup", temp.toString()).err()).contains("is not empty");
    assertThat(verb(data, "backup", temp.resolve("x.tar.gz").toString()).err())
        .contains("a plain .tar");
    assertThat(verb(data, "backup", temp.resolve("no/x.tar").toString()).err())
        .contains("There is no folder");
    assertThat(file).hasContent("mine");
  }

  private void visit(Path folder) throws IOException {
    try (TestHouse house = open(folder)) {
      new Visitor(house.url(), upstream).mustWork(WHEEL);
    }
  }

  private TestHouse open(Path folder) throws IOException {
    return TestHouse.open(folder, upstream, Choices.usual());
  }

  private static String toml(DatabaseSettings.Postgres postgres) {
    return """
    [storage]
    database = "postgres"
    [storage.postgres]
    url = "URL"
    user = "USER"
    password = "none"
    """
        .replace("URL", postgres.url())
        .replace("USER", postgres.user());
  }

  private static Said verb(Path data, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return TestHouse.verb(all.toArray(new String[0]));
  }
}
