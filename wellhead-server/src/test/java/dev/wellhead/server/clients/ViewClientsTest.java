package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.MadeFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real installers before a second view, and before a name that is reserved.
class ViewClientsTest {
  @TempDir private Path temp;

  @Test
  void a_second_view_installs_from_its_own_order_and_a_reserved_name_from_nowhere()
      throws Exception {
    String spring = "spring-3.0-py3-none-any.whl";
    try (FakeIndex upstream = Spring.start();
        FakeIndex lab = FakeIndex.start().file(spring, MadeFile.wheel(spring));
        RunningHouse house =
            RunningHouse.start(
                upstream,
                temp.resolve("house"),
                InstantSource.system(),
                Map.of(
                    "view-lab", "lab,upstream",
                    "source.lab.index", lab.url().toString(),
                    "source.lab.files", lab.filesUrl().toString()))) {
      Bench first = new Bench(temp.resolve("default"), house.url());
      Bench second = new Bench(temp.resolve("lab"), house.url().resolve("/lab/simple/"));
      assertThat(installed(first, "a", "spring")).containsExactly("spring==2.0");
      assertThat(installed(second, "b", "spring", "ash"))
          .containsExactly("ash==3.1", "spring==3.0");

      TestHouse.Said said =
          TestHouse.verb(
              "reserve",
              "spr*",
              "--reason",
              "ours",
              "--yes",
              "--data",
              temp.resolve("house").toString());
      assertThat(said.out()).contains("spring").contains("Reserved spr*");
      upstream.forget();
      lab.forget();
      Path fresh = second.freshEnvironment("c");
      second.run(Client.UV, UvTest.install(fresh, List.of("spring", "--no-cache"))).failed();
      second
          .run(
              Client.PIP,
              List.of(
                  "--python",
                  fresh.resolve("bin/python").toString(),
                  "install",
                  "--no-cache-dir",
                  "spring"))
          .failed();

      assertThat(upstream.requests()).isEmpty();
      assertThat(lab.requests()).isEmpty();
    }
  }

  private static List<String> installed(Bench bench, String name, String... what) {
    Path fresh = bench.freshEnvironment(name);
    bench.run(Client.UV, UvTest.install(fresh, List.of(what))).succeeded();
    return bench.installed(fresh);
  }
}
