package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.release.FolderImport;
import dev.wellhead.server.release.Stand;
import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `wellhead import` as a process of its own, killed with `kill -9` and run again, over and over
/// until it is through: what is hosted then is what one undisturbed run would have made.
///
/// The moments are chosen by a seed and told by how many files are kept, never by the clock.
@ExtendWith(Quiet.class)
final class ImportKillTest {
  /// A sixteenth of the blobs tells how many there are: looking at all of them again and again
  /// would take the processor from the import.
  private static final int SHARES = 16;

  @TempDir Path temp;

  @Test
  void an_import_killed_three_times_ends_like_one_run_through(TestReporter reporter)
      throws Exception {
    reporter.publishEntry("killed", killed(600, 1, 3));
  }

  @Test
  @Tag("soak")
  void an_import_of_two_thousand_files_killed_forty_times_ends_like_one_run_through()
      throws Exception {
    System.out.println("For docs/soak.md: kill -9 in mid-import: " + killed(2_000, 100, 40));
  }

  private String killed(int files, int seed, int kills) throws Exception {
    Path folder = made(files);
    Path plain = Files.createDirectories(temp.resolve("plain"));
    try (Stand stand = new Stand(plain)) {
      assertThat(FolderImport.run(folder, stand.ground(), stand).refused()).isEqualTo(2);
    }
    Path data = Files.createDirectories(temp.resolve("data"));
    ServerProcess.Kit kit = new ServerProcess.Kit(temp);
    Random random = new Random(seed);
    StringBuilder moments = new StringBuilder();
    for (int i = 0; i < kills; i++) {
      // Spread over all of the way, each within the stretch that is its own; three of four files
      // are wheels, whose METADATA is kept too.
      long until = (long) ((i + random.nextDouble()) * files * 7 / 4 / kills);
      Process process = verb(kit, folder, data);
      try {
        Await.until(
            until + " files are kept",
            Duration.ofMinutes(2),
            () -> !process.isAlive() || SHARES * blobs(data, "0") >= until);
      } finally {
        process.destroyForcibly();
        process.waitFor();
      }
      moments.append(blobs(data, "")).append(' ');
      if (random.nextInt(3) == 0) {
        AtRest.isSound(data);
      }
    }
    Process last = verb(kit, folder, data);
    assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).isEqualTo(1); // two files are bad
    assertThat(AtRest.leftovers(data)).isZero();
    AtRest.isSound(data);
    assertThat(Catalogue.of(data)).isEqualTo(Catalogue.of(plain));
    return "with " + moments + "blobs kept of " + blobs(data, "");
  }

  private static Process verb(ServerProcess.Kit kit, Path folder, Path data) throws IOException {
    return kit.process(List.of("import", folder.toString(), "--data", data.toString()));
  }

  /// How many blobs are kept whose hash begins so.
  private static long blobs(Path data, String beginning) {
    Path kept = data.resolve("blobs/sha256");
    if (!Files.isDirectory(kept)) {
      return 0;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(kept, beginning + "*")) {
      long count = 0;
      for (Path shard : all) {
        try (Stream<Path> files = Files.list(shard)) {
          count += files.count();
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Wheels and source distributions of forty projects, and two bad ones among them.
  private Path made(int files) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("folder"));
    for (int i = 0; i < files - 2; i++) {
      String stem = "p" + i % 40 + "-1." + i;
      if (i % 4 == 0) {
        Files.write(folder.resolve(stem + ".tar.gz"), MadeFile.sdist(stem + ".tar.gz"));
      } else {
        String wheel = stem + "-py3-none-any.whl";
        Files.write(folder.resolve(wheel), MadeFile.wheel(wheel, "Summary: number " + i));
      }
    }
    Files.write(folder.resolve("p7-0.bad.tar.gz"), new byte[10]);
    Files.write(folder.resolve("p7-9.9-py3-none-any.whl"), new byte[10]);
    return folder;
  }
}
