package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.server.boot.TestHouse.Choices;
import dev.wellhead.server.faults.Visitor.Got;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A data folder on a real disk of 8 MB.
@ExtendWith(Quiet.class)
final class FullDiskTest {
  private static final Wheel SMALL = Wheel.of("small", 100_000);
  private static final Wheel OTHER = Wheel.of("other", 100_000);
  private static final Wheel LARGE = Wheel.of("large", 12_000_000);

  @TempDir Path temp;
  private Path disk = Path.of("");
  private final FakeIndex upstream =
      FakeIndex.start()
          .file(SMALL.filename(), SMALL.bytes())
          .file(OTHER.filename(), OTHER.bytes())
          .file(LARGE.filename(), LARGE.bytes());

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    Process mount =
        new ProcessBuilder(
                "mount", "-t", "tmpfs", "-o", "size=8m", "wellhead-test", disk.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assumptions.assumeTrue(
        mount.waitFor() == 0, () -> "a small disk cannot be mounted here: " + said.strip());
  }

  @AfterEach
  void unmount() throws Exception {
    upstream.close();
    new ProcessBuilder("umount", disk.toString()).start().waitFor();
  }

  @Test
  void a_file_too_large_for_the_disk_is_refused_in_a_sentence_and_small_ones_still_come()
      throws Exception {
    try (TestHouse house = TestHouse.open(disk, upstream, Choices.usual())) {
      Visitor visitor = new Visitor(house.url(), upstream);

      assertThat(visitor.file(LARGE))
          .isInstanceOfSatisfying(
              Got.Whole.class,
              whole -> {
                assertThat(whole.status()).isEqualTo(503);
                assertThat(whole.text())
                    .contains("there is no room for it here: it needs " + LARGE.size() + " bytes")
                    .doesNotContain(disk.toString());
              });
      assertThat(AtRest.leftovers(disk)).isZero();
      visitor.mustWork(SMALL);
    }
    AtRest.isSound(disk);
  }

  @Test
  void a_full_disk_is_told_as_503_and_all_works_once_there_is_room_again() throws Exception {
    Path ballast = disk.resolve("ballast");
    for (int i = 0; i < 800; i++) {
      upstream.file("many-1." + i + ".tar.gz", new byte[] {1});
    }
    try (TestHouse house = TestHouse.open(disk, upstream, Choices.usual())) {
      Visitor visitor = new Visitor(house.url(), upstream);
      visitor.mustWork(SMALL);
      fill(ballast);

      assertThat(visitor.at("simple/many/")).satisfies(FullDiskTest::isCleanly503);
      // The database's log may have room left for a few rows, so that this one may be answered.
      Visitor.right(OTHER, visitor.page(OTHER), Visitor.Part.PAGE);
      assertThat(visitor.file(OTHER)).satisfies(FullDiskTest::isCleanly503);
      visitor.mustWork(SMALL); // what is held needs no room
      assertThat(visitor.at("healthz")).isInstanceOf(Got.Whole.class);

      Files.delete(ballast);
      visitor.mustWork(OTHER);
      visitor.mustWork(SMALL);
      assertThat(visitor.at("simple/many/"))
          .isInstanceOfSatisfying(
              Got.Whole.class, whole -> assertThat(whole.status()).isEqualTo(200));
    }
    AtRest.isSound(disk);
    assertThat(AtRest.leftovers(disk)).isZero();
  }

  @Test
  void a_disk_that_fills_up_during_a_download_cuts_it_and_keeps_nothing_of_it() throws Exception {
    Path ballast = disk.resolve("ballast");
    Wheel half = Wheel.of("half", 3_000_000);
    upstream.file(half.filename(), half.bytes());
    java.util.concurrent.CountDownLatch rest = new java.util.concurrent.CountDownLatch(1);
    upstream.trouble(
        upstream.filePath(half.filename()),
        1,
        new dev.wellhead.testkit.Trouble.StallMidBody(1_000_000, rest));
    try (TestHouse house = TestHouse.open(disk, upstream, Choices.usual())) {
      Visitor visitor = new Visitor(house.url(), upstream);
      try (var body = visitor.stream(half)) {
        assertThat(body.readNBytes(500_000)).hasSize(500_000);
        fill(ballast);
        rest.countDown();
        org.assertj.core.api.Assertions.assertThatThrownBy(body::readAllBytes)
            .isInstanceOf(IOException.class);
      }
      Files.delete(ballast);

      visitor.mustWork(half);
      assertThat(AtRest.leftovers(disk)).isZero();
    }
    AtRest.isSound(disk);
  }

  private static void isCleanly503(Got got) {
    assertThat(got)
        .isInstanceOfSatisfying(
            Got.Whole.class,
            whole -> {
              assertThat(whole.status()).isEqualTo(503);
              assertThat(whole.contentType()).isEqualTo("application/problem+json");
            });
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
