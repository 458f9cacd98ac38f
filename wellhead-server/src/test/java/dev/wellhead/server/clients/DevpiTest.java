package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A team moves in from devpi: real uploads, a real devpi-server, real installs from here.
@Tag("soak")
final class DevpiTest {
  private static final List<String> FILES =
      List.of(
          "acme_core-1.0-py3-none-any.whl",
          "acme_core-1.1-py3-none-any.whl",
          "acme_core-1.1.tar.gz",
          "acme_tools-0.3-py3-none-any.whl");

  @TempDir Path temp;

  @Test
  void what_lay_in_devpi_is_imported_and_installed_with_pip_and_uv() throws Exception {
    Path data = Files.createDirectories(temp.resolve("data"));
    try (FakeIndex upstream = FakeIndex.start();
        Devpi devpi = Devpi.start(temp);
        RunningHouse house = RunningHouse.start(upstream, data)) {
      Bench bench = new Bench(temp.resolve("bench"), house.url());
      devpi.upload(bench, made());

      assertThat(imported(devpi, data))
          .isEqualTo("4 files seen = 4 imported + 0 already here + 0 refused.");
      assertThat(imported(devpi, data))
          .isEqualTo("4 files seen = 0 imported + 4 already here + 0 refused.");

      for (Client client : List.of(Client.PIP, Client.UV)) {
        Path fresh = bench.freshEnvironment(client.name());
        bench.run(client, install(client, fresh)).succeeded();
        assertThat(bench.installed(fresh)).containsExactly("acme_core==1.1", "acme_tools==0.3");
      }
    }
  }

  private static List<String> install(Client client, Path environment) {
    String python = environment.resolve("bin/python").toString();
    return client == Client.UV
        ? List.of("pip", "install", "--python", python, "acme-tools")
        : List.of("--python", python, "install", "acme-tools");
  }

  private static String imported(Devpi devpi, Path data) {
    TestHouse.Said said =
        TestHouse.verb("import", devpi.index().toString(), "--data", data.toString());
    assertThat(said.err()).isEmpty();
    return said.out().replaceAll(" \\([^)]*\\)", "").strip();
  }

  private List<Path> made() throws IOException {
    List<Path> made = new ArrayList<>();
    Files.createDirectories(temp.resolve("made"));
    for (String name : FILES) {
      byte[] bytes =
          name.endsWith(".whl")
              ? MadeFile.wheel(
                  name,
                  name.startsWith("acme_tools") ? "Requires-Dist: acme-core" : "Summary: core")
              : MadeFile.sdist(name, "Summary: core");
      made.add(Files.write(temp.resolve("made").resolve(name), bytes));
    }
    return made;
  }
}
