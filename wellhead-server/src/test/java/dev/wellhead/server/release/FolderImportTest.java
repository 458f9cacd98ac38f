package dev.wellhead.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderImportTest {
  private static final String WHEEL = "spring-1.0-py3-none-any.whl";
  private static final String SDIST = "spring-1.0.tar.gz";

  private final Path temp;
  private final Path folder;
  private final Stand stand;

  FolderImportTest(@TempDir Path temp) throws Exception {
    this.temp = temp;
    folder = Files.createDirectories(temp.resolve("wheels"));
    stand = new Stand(Files.createDirectories(temp.resolve("data")));
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void wheels_and_source_distributions_become_hosted_files_with_all_that_a_page_says()
      throws Exception {
    byte[] wheel = MadeFile.wheel(WHEEL, "Requires-Python: >=3.9");
    byte[] sdist = MadeFile.sdist(SDIST, "Requires-Python: nonsense");
    put(WHEEL, wheel);
    put("deep/" + SDIST, sdist);
    put("README.txt", new byte[1]);
    Sha256 digest = sha256(wheel);

    assertThat(run())
        .isEqualTo(
            new ImportSummary(2, 2, 0, 0, wheel.length + (long) sdist.length, 0, 1, 0, true));

    byte[] metadata =
        "Metadata-Version: 2.2\nName: spring\nVersion: 1.0\nRequires-Python: >=3.9\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(stand.project("spring").listed().getFirst().entry())
        .isEqualTo(
            new FileEntry(
                WHEEL,
                "hosted:+hosted/" + digest.hex() + "/" + WHEEL,
                Map.of("sha256", digest.hex()),
                (long) wheel.length,
                new UploadTime.Stated(Stand.NOW),
                ">=3.9",
                new Yank.Not(),
                new MetadataFile.Hashed(sha256(metadata)),
                null));
    assertThat(stand.project("spring").listed().getFirst().path())
        .isEqualTo("+hosted/" + digest.hex() + "/" + WHEEL);
    FileEntry second = stand.project("spring").listed().get(1).entry();
    assertThat(second.requiresPython()).isNull();
    assertThat(second.metadataFile()).isEqualTo(new MetadataFile.Absent());
    assertThat(stand.project("spring").versions()).containsExactly("1.0");
    assertThat(Files.readAllBytes(stand.blobs().find(digest).orElseThrow().path()))
        .isEqualTo(wheel);
    assertThat(Files.readAllBytes(stand.blobs().find(sha256(metadata)).orElseThrow().path()))
        .isEqualTo(metadata);
    assertThat(stand.progress().getLast())
        .isEqualTo(
            new ImportProgress(
                2,
                wheel.length + (long) sdist.length,
                0,
                2,
                "files",
                stand.progress().getLast().fraction()));
    assertThat(stand.progress().getLast().fraction()).isBetween(0.99, 1.0);
  }

  @Test
  void what_is_here_is_not_read_again() throws Exception {
    put(WHEEL, MadeFile.wheel(WHEEL));
    put(SDIST, MadeFile.sdist(SDIST));
    run();
    FileTime time = Files.getLastModifiedTime(folder.resolve(WHEEL));
    Files.write(folder.resolve(WHEEL), new byte[(int) Files.size(folder.resolve(WHEEL))]);
    Files.setLastModifiedTime(folder.resolve(WHEEL), time); // nothing tells that it changed

    assertThat(run()).isEqualTo(new ImportSummary(2, 0, 2, 0, 0, 0, 0, 0, true));

    Files.setLastModifiedTime(folder.resolve(WHEEL), FileTime.fromMillis(0));
    assertThat(run()).isEqualTo(new ImportSummary(2, 0, 1, 1, 0, 0, 0, 0, true));
    assertThat(stand.refused().getFirst())
        .startsWith(WHEEL + ": Another file of this name is hosted here: its SHA-256 is ");
    assertThat(stand.project("spring").revision()).isEqualTo(1);
  }

  @Test
  void bad_files_are_named_with_the_reason_and_left_out() throws Exception {
    put("broken-1.0-py3-none-any.whl", new byte[100]);
    byte[] damaged = MadeFile.sdist("damaged-1.0.tar.gz");
    damaged[damaged.length / 2] ^= 1;
    put("damaged-1.0.tar.gz", damaged);
    put("liar-1.0-py3-none-any.whl", MadeFile.wheel("truth-1.0-py3-none-any.whl"));
    put("older-1.0.tar.gz", MadeFile.sdist("older-2.0.tar.gz"));
    put("nameless.whl", new byte[1]);
    put("unicode\u00e9-1.0.tar.gz", MadeFile.sdist("unicode-1.0.tar.gz"));
    put("good-1.0-py3-none-any.whl", MadeFile.wheel("good-1.0-py3-none-any.whl"));
    Files.createSymbolicLink(folder.resolve("gone-1.0.tar.gz"), temp.resolve("nowhere"));

    ImportSummary summary = run();

    assertThat(summary.seen()).isEqualTo(7);
    assertThat(summary.imported()).isEqualTo(1);
    assertThat(summary.refused()).isEqualTo(6);
    assertThat(summary.isComplete()).isFalse();
    assertThat(stand.refused().stream().map(line -> line.replaceFirst(": .*", "")))
        .containsExactlyInAnyOrder(
            "broken-1.0-py3-none-any.whl",
            "damaged-1.0.tar.gz",
            "liar-1.0-py3-none-any.whl",
            "older-1.0.tar.gz",
            "nameless.whl",
            "unicode\u00e9-1.0.tar.gz");
    assertThat(String.join("\n", stand.refused()))
        .contains("It cannot be read: this is no ZIP file: it has no end record.")
        .contains("belongs to another release than liar 1.0.")
        .contains("PKG-INFO in it is of version \"2.0\", its file name of version 1.0.")
        .contains("has 1 parts between its hyphens")
        .contains("letters that no project's name has");
  }

  @Test
  void of_two_different_files_of_one_name_none_is_taken_and_of_equal_ones_one() throws Exception {
    put("a/" + WHEEL, MadeFile.wheel(WHEEL));
    put("b/" + WHEEL, MadeFile.wheel(WHEEL, "Summary: another"));
    put("a/" + SDIST, MadeFile.sdist(SDIST));
    put("b/" + SDIST, MadeFile.sdist(SDIST));

    ImportSummary summary = run();

    assertThat(summary.seen()).isEqualTo(4);
    assertThat(summary.imported()).isEqualTo(1);
    assertThat(summary.here()).isEqualTo(1);
    assertThat(summary.refused()).isEqualTo(2);
    assertThat(stand.files("spring")).containsExactly(SDIST);
    assertThat(stand.refused())
        .allMatch(line ->
            line.contains("Two different files have this name (a/" + WHEEL + ", b/" + WHEEL + ")"));

    // Once one of them is hosted, that one is here, and the other one is another.
    Files.delete(folder.resolve("b/" + WHEEL));
    run();
    put("b/" + WHEEL, MadeFile.wheel(WHEEL, "Summary: another"));
    stand.refused().clear();
    ImportSummary again = run();
    assertThat(again.here()).isEqualTo(3);
    assertThat(again.refused()).isEqualTo(1);
    assertThat(stand.refused().getFirst()).startsWith("b/" + WHEEL);
  }

  @Test
  void a_dry_run_says_what_it_would_do_and_writes_nothing() throws Exception {
    put(WHEEL, MadeFile.wheel(WHEEL));
    put("broken-1.0-py3-none-any.whl", new byte[100]);

    ImportSummary summary = FolderImport.run(folder, stand.ground(ImportMode.DRY_RUN), stand);

    assertThat(summary.imported()).isEqualTo(1);
    assertThat(summary.refused()).isEqualTo(1);
    assertThat(stand.hosted().held(new ProjectName("spring"))).isEmpty();
    try (var blobs = stand.blobs().all()) {
      assertThat(blobs).isEmpty();
    }
    assertThat(run()).isEqualTo(summary); // it came true
  }

  @Test
  void one_that_is_cancelled_keeps_what_it_has_and_goes_on_later() throws Exception {
    for (int i = 0; i < 100; i++) {
      String name = "many-1." + i + "-py3-none-any.whl";
      put(name, MadeFile.wheel(name));
    }
    ImportSummary first = FolderImport.run(folder, stand.ground(), stand.cancelAfter(20));
    assertThat(first.isWhole()).isFalse();
    assertThat(first.imported()).isBetween(20L, 99L);

    stand.cancelAfter(Integer.MAX_VALUE);
    ImportSummary second = run();
    assertThat(second.here()).isEqualTo(first.imported());
    assertThat(second.imported()).isEqualTo(100 - first.imported());
    assertThat(stand.files("many").subList(0, 3))
        .isEqualTo(
            List.of(
                "many-1.0-py3-none-any.whl",
                "many-1.1-py3-none-any.whl",
                "many-1.2-py3-none-any.whl"));
  }

  private ImportSummary run() throws Exception {
    return FolderImport.run(folder, stand.ground(), stand);
  }

  private void put(String path, byte[] bytes) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static Sha256 sha256(byte[] bytes) throws Exception {
    return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
