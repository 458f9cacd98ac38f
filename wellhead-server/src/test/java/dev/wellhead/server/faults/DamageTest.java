package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs find and remove in a data folder that a house used.
final class DamageTest {
  private static final Wheel WHEEL = Wheel.of("damage", 100_000);

  @TempDir Path data;
  private final FakeIndex upstream = FakeIndex.start().file(WHEEL.filename(), WHEEL.bytes());

  @BeforeEach
  void use() throws IOException {
    visit();
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void fsck_finds_a_flipped_byte_and_the_file_is_fetched_again_once_it_is_removed()
      throws Exception {
    assertThat(fsck().exitCode()).isZero();
    flip(blob(WHEEL.sha256()));

    Said said = fsck();

    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.out())
        .contains("PROBLEM blob " + WHEEL.sha256() + " is damaged")
        .contains("delete it, and it is fetched again where an upstream has it")
        .endsWith("1 problems.\n");
    Files.delete(blob(WHEEL.sha256()));
    visit();
    assertThat(fsck().exitCode()).isZero();
    AtRest.isSound(data);
  }

  @Test
  void fsck_finds_a_blob_that_was_cut() throws Exception {
    byte[] bytes = WHEEL.bytes();
    Files.write(blob(WHEEL.sha256()), java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(fsck().out()).contains("PROBLEM blob " + WHEEL.sha256() + " is damaged");
  }

  @Test
  void gc_removes_a_blob_that_nothing_has_named_for_a_day_and_no_other() throws Exception {
    Path old = orphan("old", Duration.ofHours(25));
    Path young = orphan("young", Duration.ofHours(23));
    Files.setLastModifiedTime(blob(WHEEL.sha256()), hoursAgo(Duration.ofDays(400)));

    Said told = TestHouse.verb("gc", "--dry-run", "--data", data.toString());

    String hash = String.valueOf(old.getFileName());
    assertThat(told)
        .isEqualTo(
            new Said(
                0, hash + "\nWould remove 1 blobs of 3 bytes that nothing names; 3 stay.\n", ""));
    assertThat(old).exists();

    Said done = TestHouse.verb("gc", "--data", data.toString());

    assertThat(done)
        .isEqualTo(
            new Said(0, hash + "\nRemoved 1 blobs of 3 bytes that nothing names; 3 stay.\n", ""));
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    visit();
    assertThat(upstream.count(upstream.filePath(WHEEL.filename()))).isEqualTo(1);
    AtRest.isSound(data);
  }

  private void visit() throws IOException {
    try (TestHouse house = TestHouse.open(data, upstream, Choices.usual())) {
      new Visitor(house.url(), upstream).mustWork(WHEEL);
    }
  }

  private Said fsck() {
    return TestHouse.verb("fsck", "--data", data.toString());
  }

  private Path blob(String sha256) {
    return data.resolve("blobs/sha256").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private Path orphan(String salt, Duration age) throws IOException {
    byte[] bytes = salt.substring(0, 3).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Path blob = blob(Wheel.sha256(bytes));
    Files.createDirectories(blob.getParent());
    Files.write(blob, bytes);
    Files.setLastModifiedTime(blob, hoursAgo(age));
    return blob;
  }

  private static FileTime hoursAgo(Duration age) {
    Instant now = InstantSource.system().instant();
    return FileTime.from(now.minus(age));
  }

  private static void flip(Path blob) throws IOException {
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
  }
}
