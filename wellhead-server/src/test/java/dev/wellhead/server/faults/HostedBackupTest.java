package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of files that nobody else has, whole, half and killed.
final class HostedBackupTest {
  private static final int FILES = 300;

  @TempDir private Path temp = Path.of("");
  private final List<String> hosted = new ArrayList<>();
  private Path data = Path.of("");

  @BeforeEach
  void host() throws Exception {
    data = temp.resolve("data");
    Files.createDirectories(data);
    Blobs blobs = new Blobs(data.resolve("blobs"));
    Random random = new Random(1);
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[20_000 + random.nextInt(20_000)];
      random.nextBytes(bytes);
      try (Incoming incoming = blobs.receive()) {
        incoming.write(ByteBuffer.wrap(bytes));
        hosted.add(incoming.keep().sha256().hex());
      }
    }
    try (Database database =
        Database.open(
            new DatabaseSettings.Sqlite(data.resolve("wellhead.db"), Durability.FULL, 1),
            new Migrations("db/house", "house_history"))) {
      database.write(tx -> {
        tx.execute("INSERT INTO source (id, url, first_used_ms) VALUES (7, 'hosted:', 0)");
        tx.execute(
            "INSERT INTO project (source, name, status, status_reason, versions, first_seen_ms,"
                + " confirmed_ms, body_sha256, revision) VALUES (7, 'own', 'ACTIVE', '', '', 0, 0,"
                + " '', 0)");
        for (String sha256 : hosted) {
          tx.execute(
              "INSERT INTO file (source, project, filename, identity, position, path, url, hashes,"
                  + " first_seen_ms, metadata_kind) VALUES (7, 'own', ?, ?, 0, ?, '', '', 0, '')",
              sha256 + ".whl",
              sha256,
              "+hosted/" + sha256);
        }
        return 0;
      });
    }
  }

  @Test
  void hosted_files_are_kept_without_the_cache_too_and_a_missing_one_is_told() throws Exception {
    Files.delete(blob(data, hosted.getFirst()));
    byte[] wrong = Files.readAllBytes(blob(data, hosted.get(1)));
    wrong[9] ^= 1;
    Files.write(blob(data, hosted.get(1)), wrong);
    for (String name : List.of("folder", "file.tar")) {
      Path restored = temp.resolve("restored-" + name);

      Said said = verb(data, "backup", "--without-cache", temp.resolve(name).toString());

      assertThat(said.exitCode()).isEqualTo(1);
      assertThat(said.err().lines())
          .containsExactlyInAnyOrder(
              "The hosted file with the SHA-256 "
                  + hosted.getFirst()
                  + " is not here; fsck says more.",
              "The hosted file with the SHA-256 " + hosted.get(1) + " is damaged; fsck says more.");
      assertThat(said.out()).contains(" " + (FILES - 2) + " files of ");
      assertThat(verb(restored, "restore", temp.resolve(name).toString()).err()).isEmpty();
      assertThat(verb(restored, "fsck").out().lines())
          .filteredOn(line -> line.startsWith("PROBLEM the hosted blob"))
          .hasSize(2);
      assertThat(blob(restored, hosted.getLast()))
          .hasSameBinaryContentAs(blob(data, hosted.getLast()));
    }
  }

  @Test
  void a_backup_that_is_killed_looks_whole_to_nobody() throws Exception {
    Path folder = temp.resolve("folder");
    killed(
        List.of("backup", folder.toString(), "--data", data.toString()),
        () -> count(folder.resolve("blobs")) > FILES / 4);
    Path tar = temp.resolve("file.tar");
    killed(
        List.of("backup", tar.toString(), "--data", data.toString()),
        () -> size(temp.resolve("file.tar.partial")) > 2_000_000);

    assertThat(tar).doesNotExist();
    assertThat(verb(temp.resolve("new"), "restore", folder.toString()).err())
        .contains("is no whole backup: it has no manifest");
    assertThat(verb(data, "backup", folder.toString()).err())
        .contains("is not empty; name a folder that is not there yet, or remove this one");
    assertThat(verb(data, "backup", tar.toString()).err()).isEmpty();
    assertThat(verb(temp.resolve("new"), "restore", tar.toString()).err()).isEmpty();
    assertThat(verb(temp.resolve("new"), "fsck").exitCode()).isZero();
  }

  @Test
  void a_restore_that_is_killed_is_used_by_nobody_and_begins_anew() throws Exception {
    Path backup = temp.resolve("backup");
    assertThat(verb(data, "backup", backup.toString()).err()).isEmpty();
    Path restored = temp.resolve("restored");
    killed(
        List.of("restore", backup.toString(), "--data", restored.toString()),
        () -> count(restored.resolve("blobs/sha256")) > FILES / 4);

    assertThat(verb(restored, "serve", "--port", "0").err())
        .contains("was begun and not finished: call wellhead restore again");
    assertThat(verb(restored, "restore", backup.toString()).err()).isEmpty();
    assertThat(verb(restored, "fsck").exitCode()).isZero();
    assertThat(AtRest.leftovers(restored)).isZero();
  }

  private interface Moment {
    boolean come() throws IOException;
  }

  private static void killed(List<String> arguments, Moment moment) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home", "")).resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path", "")),
                "dev.wellhead.server.boot.Main"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until(
        "the moment to kill it",
        Duration.ofSeconds(60),
        () -> {
          try {
            return moment.come() || !process.isAlive();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    process.destroyForcibly();
    assertThat(process.waitFor()).isEqualTo(137); // it did not end by itself
  }

  private static long count(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    } catch (UncheckedIOException justChanging) {
      return 0;
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static Path blob(Path data, String sha256) {
    return data.resolve("blobs/sha256").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static Said verb(Path data, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return TestHouse.verb(all.toArray(new String[0]));
  }
}
