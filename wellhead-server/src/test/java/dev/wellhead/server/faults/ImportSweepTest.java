package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.FaultyFiles;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.FaultyStatements;
import dev.wellhead.server.db.Seam;
import dev.wellhead.server.release.FolderImport;
import dev.wellhead.server.release.ImportSummary;
import dev.wellhead.server.release.Stand;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A small import, once for each of its effects: that one fails, before or after it took hold. Run
/// again, it ends like one that nothing happened to.
@ExtendWith(Quiet.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImportSweepTest {
  private Path temp = Path.of("");
  private Path folder = Path.of("");
  private List<String> undisturbed = List.of();

  @BeforeAll
  void import_once_without_trouble(@TempDir Path all) throws Exception {
    temp = all;
    folder = Files.createDirectories(temp.resolve("folder"));
    for (String name : List.of("a-1.0-py3-none-any.whl", "b-1.0-py3-none-any.whl")) {
      Files.write(folder.resolve(name), MadeFile.wheel(name));
    }
    Files.write(folder.resolve("a-1.0.tar.gz"), MadeFile.sdist("a-1.0.tar.gz"));
    Files.write(folder.resolve("bad-1.0.tar.gz"), new byte[10]);
    new Stand(Files.createDirectories(temp.resolve("used"))).close();
    Path plain = copied("plain");
    try (Stand stand = new Stand(plain)) {
      assertThat(FolderImport.run(folder, stand.ground(), stand).imported()).isEqualTo(3);
    }
    undisturbed = Catalogue.of(plain);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_on_the_folder_of_blobs_fails(boolean tookHold, TestReporter reporter)
      throws Exception {
    int number = 0;
    boolean fired = true;
    while (fired) {
      FaultyFiles files = new FaultyFiles();
      Path data = copied("files" + tookHold + number);
      try (Stand stand = new Stand(data, Seam.NONE, files.over(data.resolve("blobs")))) {
        files.fail(number, tookHold);
        run(stand);
        fired = files.effects().size() > number;
      }
      endsAlike(data);
      number++;
    }
    reporter.publishEntry("swept", number - 1 + " effects on the folder of blobs");
    assertThat(number).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_on_the_database_fails(boolean tookHold, TestReporter reporter)
      throws Exception {
    int number = 0;
    boolean fired = true;
    while (fired) {
      FaultyStatements statements = new FaultyStatements();
      Path data = copied("statements" + tookHold + number);
      try (Stand stand = new Stand(data, statements, data.resolve("blobs"))) {
        statements.fail(number, tookHold);
        run(stand);
        fired = statements.effects().size() > number;
      }
      endsAlike(data);
      number++;
    }
    reporter.publishEntry("swept", number - 1 + " effects on the database");
    assertThat(number).isGreaterThan(10);
  }

  private void run(Stand stand) {
    try {
      ImportSummary summary = FolderImport.run(folder, stand.ground(), stand);
      assertThat(summary.seen()).isEqualTo(4);
      assertThat(summary.refused()).isEqualTo(1); // our own trouble is no fault of a file
    } catch (IOException | DatabaseFault e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private void endsAlike(Path data) throws Exception {
    try (Stand stand = new Stand(data)) {
      AtRest.isSound(stand.database(), stand.blobs());
      ImportSummary summary = FolderImport.run(folder, stand.ground(), stand);
      assertThat(summary.imported() + summary.here()).isEqualTo(3);
      AtRest.isSound(stand.database(), stand.blobs());
      assertThat(Catalogue.of(stand.database(), stand.blobs())).isEqualTo(undisturbed);
    }
  }

  private Path copied(String name) throws IOException {
    Path used = temp.resolve("used");
    Path copy = temp.resolve(name);
    try (Stream<Path> all = Files.walk(used)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, copy.resolve(used.relativize(path).toString()));
      }
    }
    return copy;
  }
}
