package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipTest {
  private final FakeIndex upstream;
  private final Scene scene;
  private final Bench bench;

  PipTest(@TempDir Path temp) {
    upstream = Spring.start();
    scene = Scene.over(upstream, temp);
    bench = scene.bench();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void installs_small_wheels(Client pip) {
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(pip, install(fresh, Spring.LEAVES)).succeeded();
    assertThat(bench.installed(fresh))
        .isEqualTo(Spring.LEAVES.stream().map(leaf -> leaf + "==3.1").toList());
    assertThat(bench.python(fresh, "import ash, fir; print(fir.__version__)").succeeded().output())
        .isEqualTo("3.1\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void takes_the_newest_that_a_range_a_pin_or_a_dependent_allows(Client pip) {
    assertThat(installedFor(pip, "a", "spring")).containsExactly("spring==2.0");
    assertThat(installedFor(pip, "b", "spring~=1.0")).containsExactly("spring==1.1");
    assertThat(installedFor(pip, "c", "spring==1.0")).containsExactly("spring==1.0");
    assertThat(installedFor(pip, "d", "well")).containsExactly("spring==1.1", "well==1.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void says_what_does_not_exist(Client pip) {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(pip, install(fresh, List.of("no-such-project")))
        .failed()
        .said("No matching distribution found for no-such-project");
    bench
        .run(pip, install(fresh, List.of("spring==7")))
        .failed()
        .said("(from versions: 1.0, 1.1, 2.0");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void shows_the_reason_of_a_yank_to_who_pins_it(Client pip) {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(pip, install(fresh, List.of("spring==2.1")))
        .succeeded()
        .said("yanked")
        .said(Spring.YANK_REASON);
    assertThat(bench.installed(fresh)).containsExactly("spring==2.1");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void downloads_the_very_bytes(Client pip) throws IOException {
    bench.run(pip, "download", "--dest", "got", "well", "spring<2").succeeded();
    assertThat(sha256s(bench.folder().resolve("got")))
        .containsExactly(
            "spring-1.1-py3-none-any.whl " + upstream.sha256("spring-1.1-py3-none-any.whl"),
            "well-1.0-py3-none-any.whl " + upstream.sha256("well-1.0-py3-none-any.whl"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void builds_and_installs_what_exists_as_an_sdist_alone(Client pip) throws IOException {
    bench
        .run(pip, "download", "--no-binary", ":all:", "--no-deps", "--dest", "got", "spring==1.1")
        .succeeded();
    assertThat(sha256s(bench.folder().resolve("got")))
        .containsExactly("spring-1.1.tar.gz " + upstream.sha256("spring-1.1.tar.gz"));
    assertThat(installedFor(pip, "fresh", "dew")).containsExactly("dew==0.5");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYSTEM_PIP", "PIP"})
  void requires_hashes(Client pip) throws IOException {
    Path right = bench.folder().resolve("right.txt");
    Files.createDirectories(bench.folder());
    String hash = upstream.sha256("spring-1.0-py3-none-any.whl");
    Files.writeString(right, "spring==1.0 --hash=sha256:" + hash + "\n");
    Path wrong = bench.folder().resolve("wrong.txt");
    Files.writeString(wrong, "spring==1.0 --hash=sha256:" + "0".repeat(64) + "\n");
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(pip, install(fresh, List.of("--require-hashes", "-r", wrong.toString())))
        .failed()
        .said("DO NOT MATCH THE HASHES");
    bench.run(pip, install(fresh, List.of("--require-hashes", "-r", right.toString()))).succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.0");
  }

  @Test
  void resolves_from_metadata_and_fetches_no_wheel() {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(Client.PIP, install(fresh, List.of("--dry-run", "well")))
        .succeeded()
        .said("Would install spring-1.1 well-1.0");
    assertThat(Spring.wholeFiles(upstream)).isZero();
  }

  @Test
  void lists_the_versions_of_a_project() {
    bench
        .run(Client.PIP, "index", "versions", "spring")
        .succeeded()
        .said("Available versions: 2.0, 1.1, 1.0");
  }

  @Test
  void locks_and_installs_the_lock() {
    bench.run(Client.PIP, "lock", "--output", "pylock.toml", "well").succeeded();
    assertThat(bench.folder().resolve("pylock.toml"))
        .content()
        .contains(upstream.sha256("spring-1.1-py3-none-any.whl"))
        .contains(upstream.sha256("well-1.0-py3-none-any.whl"))
        .contains("\"" + scene.filesOrigin());
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(Client.PIP, install(fresh, List.of("-r", "pylock.toml"))).succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.1", "well==1.0");
  }

  @Test
  void takes_what_was_uploaded_before_a_day() {
    Path fresh = bench.freshEnvironment("fresh");
    bench
        .run(
            Client.PIP,
            install(fresh, List.of("--uploaded-prior-to", "2024-06-01T00:00:00Z", "spring")))
        .succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.1");
  }

  @Test
  void without_its_own_cache_it_gets_the_same_again() {
    Path fresh = bench.freshEnvironment("fresh");
    List<String> again = List.of("--no-cache-dir", "--force-reinstall", "well");
    bench.run(Client.PIP, install(fresh, again)).succeeded();
    bench.run(Client.PIP, install(fresh, again)).succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.1", "well==1.0");
  }

  private List<String> installedFor(Client pip, String environment, String requirement) {
    Path fresh = bench.freshEnvironment(environment);
    bench.run(pip, install(fresh, List.of(requirement))).succeeded();
    return bench.installed(fresh);
  }

  static List<String> install(Path environment, List<String> what) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--python", environment.resolve("bin/python").toString(), "install"));
    arguments.addAll(what);
    return arguments;
  }

  private static List<String> sha256s(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        found.add(file.getFileName() + " " + Digests.sha256(file));
      }
    }
    return found;
  }
}
