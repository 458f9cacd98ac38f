package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What clients get through a house that its upstream alone would not give them.
class HardTimesTest {
  private static final String DIRECT = "skipped: there is no house yet, clients ask the upstream";
  private static final Set<Feature> BARE = EnumSet.of(Feature.RANGES);

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void what_was_installed_once_installs_again_while_the_upstream_is_down(Client client) {
    try (FakeIndex upstream = Spring.start();
        Scene scene = Scene.over(upstream, temp)) {
      assumeTrue(RunningHouse.IS_BUILT, DIRECT);
      List<String> wanted = List.of("--no-cache", "well", "ash");
      Path first = scene.bench().freshEnvironment("first");
      scene.bench().run(client, install(client, first, wanted)).succeeded();
      upstream.refuse();
      Path second = scene.bench().freshEnvironment("second");
      scene.bench().run(client, install(client, second, wanted)).succeeded();
      assertThat(scene.bench().installed(second))
          .containsExactly("ash==3.1", "spring==1.1", "well==1.0");
    }
  }

  @Test
  void a_file_is_fetched_once_from_the_upstream_however_often_it_is_installed() {
    try (FakeIndex upstream = Spring.start();
        Scene scene = Scene.over(upstream, temp)) {
      assumeTrue(RunningHouse.IS_BUILT, DIRECT);
      for (String name : List.of("first", "second")) {
        Path fresh = scene.bench().freshEnvironment(name);
        List<String> wanted = List.of("--no-cache", "well");
        scene.bench().run(Client.UV, install(Client.UV, fresh, wanted)).succeeded();
      }
      assertThat(Spring.wholeFiles(upstream)).isEqualTo(2);
    }
  }

  @Test
  void cut_offs_by_upload_time_work_over_an_upstream_that_states_none() throws IOException {
    try (FakeIndex upstream = Spring.without(Feature.UPLOAD_TIME);
        Scene scene = Scene.over(upstream, temp)) {
      assumeTrue(RunningHouse.IS_BUILT, DIRECT);
      Bench bench = scene.bench();
      Path fresh = bench.freshEnvironment("fresh");
      List<String> beforeNextCentury =
          List.of("--uploaded-prior-to", "2100-01-01T00:00:00Z", "well");
      bench.run(Client.PIP, PipTest.install(fresh, beforeNextCentury)).succeeded();
      assertThat(bench.installed(fresh)).containsExactly("spring==1.1", "well==1.0");
      Files.createDirectories(bench.folder());
      Files.writeString(bench.folder().resolve("pyproject.toml"), UvTest.project("\"well\""));
      bench.run(Client.UV, "lock", "--exclude-newer", "2100-01-01T00:00:00Z").succeeded();
      assertThat(bench.folder().resolve("uv.lock")).content().contains("name = \"spring\"");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PIP", "UV"})
  void resolving_fetches_no_wheel_even_over_an_upstream_without_metadata(Client client) {
    try (FakeIndex upstream = Spring.start(BARE);
        Scene scene = Scene.over(upstream, temp)) {
      assumeTrue(RunningHouse.IS_BUILT, DIRECT);
      Path fresh = scene.bench().freshEnvironment("fresh");
      scene.bench().run(client, install(client, fresh, List.of("--dry-run", "well"))).succeeded();
      assertThat(Spring.wholeFiles(upstream)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP", "UV", "POETRY", "PDM"})
  void installs_over_the_poorest_upstream(Client client) throws IOException {
    try (FakeIndex upstream = Spring.start(EnumSet.noneOf(Feature.class));
        Scene scene = Scene.over(upstream, temp)) {
      Bench bench = scene.bench();
      Files.createDirectories(bench.folder());
      Path environment = bench.folder().resolve(".venv");
      switch (client) {
        case SYSTEM_PIP, PIP, UV -> {
          environment = bench.freshEnvironment("fresh");
          bench.run(client, install(client, environment, List.of("well"))).succeeded();
        }
        case POETRY -> {
          write(bench, "[[tool.poetry.source]]\nname = \"house\"\nurl = \"%s\"\n", scene);
          bench.run(client, "install", "--no-root").succeeded();
        }
        case PDM -> {
          write(bench, "[[tool.pdm.source]]\nname = \"pypi\"\nurl = \"%s\"\n", scene);
          bench.run(client, "install", "--no-self").succeeded();
        }
        case HATCH, TWINE, DEVPI_SERVER, PIP_AUDIT ->
            throw new IllegalArgumentException("installs nothing");
      }
      assertThat(bench.installed(environment)).containsExactly("spring==1.1", "well==1.0");
    }
  }

  private static void write(Bench bench, String source, Scene scene) throws IOException {
    Files.writeString(
        bench.folder().resolve("pyproject.toml"),
        UvTest.project("\"well\"") + source.replace("%s", scene.house().url().toString()));
  }

  private static List<String> install(Client client, Path environment, List<String> what) {
    return client == Client.UV
        ? UvTest.install(environment, what)
        : PipTest.install(
            environment,
            what.stream().map(word -> word.replace("--no-cache", "--no-cache-dir")).toList());
  }
}
