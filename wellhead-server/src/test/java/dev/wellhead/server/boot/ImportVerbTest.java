package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse.Said;
import dev.wellhead.server.release.ImportProgress;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportVerbTest {
  private static final String WHEEL = "spring-1.0-py3-none-any.whl";

  private final Path data;
  private final Path folder;

  ImportVerbTest(@TempDir Path temp) throws Exception {
    data = Files.createDirectories(temp.resolve("data"));
    folder = Files.createDirectories(temp.resolve("folder"));
  }

  @Test
  void a_folder_is_imported_with_a_summary_that_adds_up() throws Exception {
    Files.write(folder.resolve(WHEEL), MadeFile.wheel(WHEEL));
    Files.write(folder.resolve("notes.txt"), new byte[1]);

    assertThat(run("import", folder.toString()))
        .isEqualTo(
            new Said(
                0,
                """
                1 files seen = 1 imported (1 kB) + 0 already here + 0 refused.
                1 other files are neither wheels nor source distributions.
                """,
                ""));
    Files.write(folder.resolve("bad-1.0.tar.gz"), new byte[1]);
    assertThat(run("import", folder.toString()))
        .isEqualTo(
            new Said(
                1,
                """
                2 files seen = 0 imported (0 kB) + 1 already here + 1 refused.
                1 other files are neither wheels nor source distributions.
                """,
                "Left out bad-1.0.tar.gz: It cannot be read: it ends early: the file was cut off.\n"));
  }

  @Test
  void what_cannot_be_imported_at_all_is_one_sentence() {
    assertThat(run("import", folder.resolve("nowhere").toString()))
        .isEqualTo(
            new Said(
                1,
                "",
                "There is no folder "
                    + folder.resolve("nowhere")
                    + ": name one with wheels, or the URL of an index.\n"));
    assertThat(run("import", "http://ada:secret@127.0.0.1:1/simple/"))
        .isEqualTo(
            new Said(
                2,
                "",
                "Leave user and password out of the URL, where everybody can see them: use --user"
                    + " NAME.\n"));
    assertThat(run("import", "--user=ada", "--password=x", "http://127.0.0.1:1/simple/").err())
        .startsWith("A password on the command line can be seen by everybody");
    Said nobody = run("import", "http://127.0.0.1:1/simple/");
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).contains("127.0.0.1:1");
  }

  @Test
  void an_import_into_a_running_server_is_served_at_once() throws Exception {
    Files.write(folder.resolve(WHEEL), MadeFile.wheel(WHEEL));
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
    try (FakeIndex upstream = FakeIndex.start();
        FakeIndex other =
            FakeIndex.start().file("dew-0.5.tar.gz", MadeFile.sdist("dew-0.5.tar.gz"));
        TestHouse house = TestHouse.open(data, upstream, TestHouse.Choices.usual())) {
      assertThat(run("import", folder.toString()).exitCode()).isZero();
      Said second =
          run(
              "import",
              other.url().toString(),
              "--files",
              other.filesUrl().toString(),
              "--user",
              "ada",
              "--password-file",
              password.toString());
      assertThat(second)
          .isEqualTo(
              new Said(0, "1 files seen = 1 imported (1 kB) + 0 already here + 0 refused.\n", ""));
      assertThat(other.requests().getFirst().header("Authorization")).isPresent();

      assertThat(at(house.url().resolve("simple/spring/"))).contains("%2Bhosted/").contains(WHEEL);
      assertThat(at(house.url().resolve("simple/dew/"))).contains("dew-0.5.tar.gz");
    }
  }

  @Test
  void progress_is_a_line_with_rate_and_time_left() {
    assertThat(ImportPace.line(new ImportProgress(500, 12_345_678, 0, 2_000, "files", 0.25), 10))
        .isEqualTo("500 of 2,000 files, 12.3 MB, 50 files/s, 1.2 MB/s, 30 s left");
    assertThat(
            ImportPace.line(new ImportProgress(15, 1_500_000_000, 2, 400, "projects", 0.004), 300))
        .isEqualTo("2 of 400 projects, 15 files, 1.50 GB, 0.1 files/s, 5.0 MB/s");
  }

  private Said run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = data.toString();
    return TestHouse.verb(all);
  }

  private static String at(URI url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
