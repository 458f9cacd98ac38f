package dev.wellhead.server.clients;

import static dev.wellhead.server.clients.Client.PDM;
import static dev.wellhead.server.clients.Client.POETRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoetryAndPdmTest {
  private final FakeIndex upstream;
  private final Scene scene;
  private final Bench bench;

  PoetryAndPdmTest(@TempDir Path temp) throws IOException {
    upstream = Spring.start();
    scene = Scene.over(upstream, temp);
    bench = scene.bench();
    Files.createDirectories(bench.folder());
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void poetry_locks_from_metadata_alone_then_installs_and_adds() throws IOException {
    write(UvTest.project("\"well\"") + poetrySource());
    bench.run(POETRY, "lock").succeeded();
    assertThat(Spring.wholeFiles(upstream)).isZero();
    assertThat(bench.folder().resolve("poetry.lock"))
        .content()
        .contains("name = \"well\"")
        .contains(upstream.sha256("spring-1.1-py3-none-any.whl"))
        .contains(upstream.sha256("spring-1.1.tar.gz"));
    bench.run(POETRY, "install", "--no-root").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv")))
        .containsExactly("spring==1.1", "well==1.0");
    bench.run(POETRY, "add", "fir@^3").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv"))).contains("fir==3.1");
  }

  @Test
  void poetry_shows_the_reason_of_a_yank_to_who_pins_it() throws IOException {
    write(UvTest.project("\"spring==2.1\"") + poetrySource());
    bench.run(POETRY, "lock").succeeded().said("yanked").said(Spring.YANK_REASON);
  }

  @Test
  void pdm_locks_then_installs_and_adds() throws IOException {
    write(UvTest.project("\"well\"") + pdmSource());
    bench.run(PDM, "lock").succeeded();
    assertThat(bench.folder().resolve("pdm.lock"))
        .content()
        .contains("name = \"well\"")
        .contains(upstream.sha256("spring-1.1-py3-none-any.whl"));
    bench.run(PDM, "install", "--no-self").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv")))
        .containsExactly("spring==1.1", "well==1.0");
    bench.run(PDM, "add", "--no-self", "fir").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv"))).contains("fir==3.1");
  }

  @Test
  void pdm_locks_from_metadata_alone() throws IOException {
    write(UvTest.project("\"well\"") + pdmSource());
    bench.run(PDM, "lock").succeeded();
    assertThat(Spring.wholeFiles(upstream)).isZero();
  }

  private void write(String project) throws IOException {
    Files.writeString(bench.folder().resolve("pyproject.toml"), project);
  }

  private String poetrySource() {
    return """

    [[tool.poetry.source]]
    name = "house"
    url = "HOUSE"
    priority = "primary"
    """
        .replace("HOUSE", scene.house().url().toString());
  }

  private String pdmSource() {
    return """

    [[tool.pdm.source]]
    name = "pypi"
    url = "HOUSE"
    """
        .replace("HOUSE", scene.house().url().toString());
  }
}
