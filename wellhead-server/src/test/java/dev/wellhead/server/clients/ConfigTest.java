package dev.wellhead.server.clients;

import static dev.wellhead.server.clients.Client.HATCH;
import static dev.wellhead.server.clients.Client.PDM;
import static dev.wellhead.server.clients.Client.PIP;
import static dev.wellhead.server.clients.Client.POETRY;
import static dev.wellhead.server.clients.Client.UV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.cli.Main;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What `wellhead config` writes takes hold in the real clients: with nothing else set they install
/// through the house.
final class ConfigTest {
  private final Path temp;
  private final FakeIndex upstream;
  private final Scene scene;
  private final Bench bench;

  ConfigTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    upstream = Spring.start();
    scene = Scene.over(upstream, temp);
    bench =
        scene
            .bench()
            .without("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "PIP_CONFIG_FILE", "HATCH_CONFIG");
    Files.createDirectories(bench.folder());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void pip_takes_what_is_written() {
    config("pip", "--write");
    bench.run(PIP, "config", "debug").succeeded().said("index-url: " + index());
    assertThat(bench.run(PIP, "config", "get", "global.index-url").succeeded().output().strip())
        .isEqualTo(index());
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(PIP, "--python", fresh.resolve("bin/python").toString(), "install", "elm")
        .succeeded()
        .said("Looking in indexes: " + index());
    assertThat(bench.installed(fresh)).containsExactly("elm==3.1");

    config("pip", "--undo");
    assertThat(bench.run(PIP, "config", "list").succeeded().output()).doesNotContain(index());
  }

  @Test
  void uv_takes_what_is_written() {
    config("uv", "--write");
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(UV, UvTest.install(fresh, List.of("elm"))).succeeded();
    assertThat(bench.installed(fresh)).containsExactly("elm==3.1");
  }

  @Test
  void uv_takes_what_is_written_into_a_project() throws IOException {
    project("");
    config("uv", "--project", "--write");
    bench.run(UV, "lock").succeeded();
    assertThat(bench.folder().resolve("uv.lock"))
        .content()
        .contains("source = { registry = \"" + index() + "\" }")
        .contains("name = \"elm\"");
  }

  @Test
  void poetry_takes_what_is_written() throws IOException {
    project("");
    config("poetry", "--write");
    bench.run(POETRY, "source", "show").succeeded().said(index()).said("primary");
    bench.run(POETRY, "lock").succeeded();
    assertThat(bench.folder().resolve("poetry.lock"))
        .content()
        .contains("name = \"elm\"", "url = \"" + index().replaceFirst("/$", "") + "\"");
  }

  @Test
  void pdm_takes_what_is_written() throws IOException {
    project("");
    config("pdm", "--write");
    assertThat(bench.run(PDM, "config", "pypi.url").succeeded().output().strip())
        .isEqualTo(index());
    bench.run(PDM, "lock").succeeded();
    assertThat(bench.folder().resolve("pdm.lock")).content().contains("name = \"elm\"");
  }

  @Test
  void hatch_takes_what_is_written() throws IOException {
    project(
        """

        [tool.hatch.envs.default]
        skip-install = true
        dependencies = ["elm"]
        """);
    config("hatch", "--write");
    bench
        .run(
            HATCH, "run", "python", "-c", "import importlib.metadata as m; print(m.version('elm'))")
        .succeeded()
        .said("3.1");
  }

  private void project(String more) throws IOException {
    Files.writeString(bench.folder().resolve("pyproject.toml"), UvTest.project("\"elm\"") + more);
  }

  private String index() {
    return scene.house().url().toString();
  }

  private void config(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine(bench.environment(), temp.resolve("root"), bench.folder());
    line.setOut(new PrintWriter(said));
    line.setErr(new PrintWriter(said));
    List<String> all = new ArrayList<>(List.of("config"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", index()));
    assertThat(line.execute(all.toArray(new String[0]))).as(said.toString()).isZero();
  }
}
