package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that has HTML pages only, seen by pip through the house.
class HtmlUpstreamTest {
  private final FakeIndex upstream = Spring.start(Feature.HTML_ONLY);
  private final Scene scene;
  private final Bench bench;

  HtmlUpstreamTest(@TempDir Path temp) {
    scene = Scene.over(upstream, temp);
    bench = scene.bench();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void pip_installs_what_html_names_with_what_it_needs() {
    Path fresh = bench.freshEnvironment("fresh");
    bench.run(Client.PIP, "--python", fresh.toString(), "install", "well").succeeded();
    assertThat(bench.installed(fresh)).containsExactly("spring==1.1", "well==1.0");
    bench
        .run(Client.PIP, "--python", fresh.toString(), "install", "spring==2.1")
        .succeeded()
        .said(Spring.YANK_REASON);
  }
}
