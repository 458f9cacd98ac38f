package dev.wellhead.server.clients;

import static dev.wellhead.server.clients.Client.UV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UvTest {
  private final FakeIndex upstream;
  private final Scene scene;
  private final Bench bench;

  UvTest(@TempDir Path temp) {
    upstream = Spring.start();
    scene = Scene.over(upstream, temp);
    bench = scene.bench();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void installs_small_wheels() {
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(UV, install(fresh, Spring.LEAVES)).succeeded();
    assertThat(bench.installed(fresh))
        .isEqualTo(Spring.LEAVES.stream().map(leaf -> leaf + "==3.1").toList());
  }

  @Test
  void takes_the_newest_that_a_range_a_pin_or_a_dependent_allows() {
    assertThat(installedFor("a", "spring")).containsExactly("spring==2.0");
    assertThat(installedFor("b", "spring~=1.0")).containsExactly("spring==1.1");
    assertThat(installedFor("c", "spring==1.0")).containsExactly("spring==1.0");
    assertThat(installedFor("d", "well")).containsExactly("spring==1.1", "well==1.0");
    assertThat(installedFor("e", "dew")).containsExactly("dew==0.5");
  }

  @Test
  void says_what_does_not_exist() {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(UV, install(fresh, List.of("no-such-project")))
        .failed()
        .said("no-such-project was not found in the package registry");
  }

  @Test
  void shows_the_reason_of_a_yank_to_who_pins_it() {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(UV, install(fresh, List.of("spring==2.1")))
        .succeeded()
        .said("is yanked")
        .said(Spring.YANK_REASON);
  }

  @Test
  void compiles_requirements_with_hashes_and_requires_them() throws IOException {
    Path wanted = write("wanted.in", "well\n");
    bench
        .run(UV, "pip", "compile", "--generate-hashes", "-o", "locked.txt", wanted.toString())
        .succeeded();
    assertThat(bench.folder().resolve("locked.txt"))
        .content()
        .contains("spring==1.1", upstream.sha256("spring-1.1-py3-none-any.whl"))
        .contains(upstream.sha256("spring-1.1.tar.gz"))
        .contains("well==1.0", upstream.sha256("well-1.0-py3-none-any.whl"));
    assertThat(Spring.wholeFiles(upstream)).isZero();
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(UV, install(fresh, List.of("--require-hashes", "-r", "locked.txt"))).succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.1", "well==1.0");
    String wrong = "spring==1.0 --hash=sha256:" + "0".repeat(64) + "\n";
    bench
        .run(
            UV,
            install(fresh, List.of("--require-hashes", "-r", write("wrong.txt", wrong).toString())))
        .failed()
        .said("Hash mismatch for `spring==1.0`");
  }

  @Test
  void locks_from_metadata_alone_and_then_syncs() throws IOException {
    write("pyproject.toml", project("\"well\", \"elm>=3\""));
    bench.run(UV, "lock").succeeded();
    assertThat(Spring.wholeFiles(upstream)).isZero();
    assertThat(bench.folder().resolve("uv.lock"))
        .content()
        .contains("name = \"well\"", "name = \"elm\"", "size = ", "upload-time = ")
        .contains(upstream.sha256("spring-1.1-py3-none-any.whl"))
        .contains("\"" + scene.filesOrigin());
    bench.run(UV, "sync", "--locked").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv")))
        .containsExactly("elm==3.1", "spring==1.1", "well==1.0");
    bench.run(UV, "add", "fir").succeeded();
    assertThat(bench.installed(bench.folder().resolve(".venv"))).contains("fir==3.1");
  }

  @Test
  void takes_what_was_uploaded_before_a_day() throws IOException {
    write("pyproject.toml", project("\"spring\""));
    bench.run(UV, "lock", "--exclude-newer", "2024-06-01T00:00:00Z").succeeded();
    assertThat(bench.folder().resolve("uv.lock")).content().contains("version = \"1.1\"");
    bench.run(UV, "lock", "--upgrade").succeeded();
    assertThat(bench.folder().resolve("uv.lock")).content().contains("version = \"2.0\"");
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(bench.folder());
    return Files.writeString(bench.folder().resolve(name), text);
  }

  private List<String> installedFor(String environment, String requirement) {
    Path fresh = bench.freshEnvironment(environment);
    bench.run(UV, install(fresh, List.of(requirement))).succeeded();
    return bench.installed(fresh);
  }

  static String project(String dependencies) {
    return """
    [project]
    name = "cottage"
    version = "0.1"
    requires-python = ">=3.11"
    dependencies = [DEPENDENCIES]
    """
        .replace("DEPENDENCIES", dependencies);
  }

  static List<String> install(Path environment, List<String> what) {
    List<String> arguments =
        new ArrayList<>(
            List.of("pip", "install", "--python", environment.resolve("bin/python").toString()));
    arguments.addAll(what);
    return arguments;
  }
}
