package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What real clients tell the person whose file is kept.
final class FirewallClientsTest {
  private final Path data;
  private final Scene scene;
  private final Bench bench;

  FirewallClientsTest(@TempDir Path temp) {
    data = temp.resolve("house");
    scene = Scene.over(Spring.start(), temp);
    bench = scene.bench();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void pip_falls_back_for_a_range_and_tells_the_reason_for_a_pin_whatever_is_in_its_cache(
      Client pip) {
    Path before = bench.freshEnvironment("before");
    bench.run(pip, PipTest.install(before, List.of("spring==2.0"))).succeeded();

    block("spring==2.0", "steals tokens, see ticket 7");

    Path range = bench.freshEnvironment("range");
    bench.run(pip, PipTest.install(range, List.of("spring>=1"))).succeeded();
    assertThat(bench.installed(range)).containsExactly("spring==1.1");
    Path pin = bench.freshEnvironment("pin");
    bench
        .run(pip, PipTest.install(pin, List.of("spring==2.0")))
        .failed()
        .said("Wellhead: blocked: ")
        .said("steals tokens, see ticket 7")
        .said("/b/");
    assertThat(bench.installed(pin)).isEmpty();
  }

  @Test
  void uv_falls_back_for_a_range_and_tells_the_reason_for_a_pin() {
    block("spring==2.0", "steals tokens, see ticket 7");

    Path range = bench.freshEnvironment("range");
    bench.run(Client.UV, UvTest.install(range, List.of("spring>=1"))).succeeded();
    assertThat(bench.installed(range)).containsExactly("spring==1.1");
    Path pin = bench.freshEnvironment("pin");
    bench
        .run(Client.UV, UvTest.install(pin, List.of("spring==2.0")))
        .failed()
        .said("steals tokens, see ticket 7");
  }

  @Test
  void poetry_tells_the_reason_for_a_pin() throws Exception {
    block("spring==2.0", "steals tokens, see ticket 7");
    Files.createDirectories(bench.folder());
    Files.writeString(
        bench.folder().resolve("pyproject.toml"),
        UvTest.project("\"spring==2.0\"")
            + "[[tool.poetry.source]]\nname = \"house\"\nurl = \"%s\"\n"
                .replace("%s", scene.house().url().toString()));

    bench
        .run(Client.POETRY, "install", "--no-root")
        .failed()
        .said("Wellhead: blocked: ")
        .said("steals tokens, see ticket 7");
  }

  private void block(String pattern, String reason) {
    assertThat(
            TestHouse.verb("block", pattern, "--reason", reason, "--data", data.toString()).err())
        .isEmpty();
  }
}
