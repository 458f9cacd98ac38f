package dev.wellhead.core.pypi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pages of a real mirror, kept beside the project and not in it; where they are absent, a test
/// that needs them is skipped.
final class RecordedPages {
  private RecordedPages() {}

  static byte[] read(String name) throws IOException {
    Path house = Path.of(System.getProperty("house", ""));
    for (String shared : List.of("../shared", "../../shared")) {
      Path page = house.resolve(shared).resolve("upstream").resolve(name);
      if (Files.exists(page)) {
        return Files.readAllBytes(page);
      }
    }
    assumeTrue(false, "skipped: there is no ../shared/upstream/" + name + " beside the project");
    throw new IllegalStateException("skipped");
  }
}
