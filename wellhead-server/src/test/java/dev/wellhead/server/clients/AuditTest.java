package dev.wellhead.server.clients;

import dev.wellhead.server.boot.TestHouse;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real auditors that ask a house instead of OSV.
class AuditTest {
  private final Path temp;
  private final Scene scene;
  private final Bench bench;

  AuditTest(@TempDir Path temp) {
    this.temp = temp;
    FakeIndex upstream = Spring.start();
    scene = Scene.over(upstream, temp);
    bench = scene.bench();
  }

  @BeforeEach
  void load_what_is_known() throws IOException {
    Path malware = Files.createDirectories(temp.resolve("osv"));
    Files.writeString(
        malware.resolve("MAL-2026-1.json"),
        """
        {"schema_version":"1.7.4","id":"MAL-2026-1","modified":"2026-06-01T00:00:00Z",
        "published":"2026-06-01T00:00:00Z","summary":"Malicious code in spring (PyPI)",
        "affected":[{"package":{"ecosystem":"PyPI","name":"spring"},"versions":["2.0"]}]}
        """);
    load("osv", malware, "osv");
    Files.createDirectories(bench.folder());
    Files.writeString(
        bench.folder().resolve("pyproject.toml"),
        """
        [project]
        name = "shop"
        version = "1"
        requires-python = ">=3.9"
        dependencies = ["spring", "elm", "fir"]
        """);
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  @Test
  void uv_audit_tells_of_malware_and_of_blocks_of_ours() throws IOException {
    bench.run(Client.UV, "lock").succeeded();
    block();
    bench
        .run(Client.UV, "audit", "--service-url", scene.house().url().resolve("/").toString())
        .failed()
        .said("MAL-2026-1: Malicious code in spring (PyPI)")
        .said("MAL-WELLHEAD-elm_3.1: not with us")
        .said("Found 2 known vulnerabilities");
  }

  @Test
  void uv_sync_installs_no_malware_of_a_lock_made_against_pypi() throws IOException {
    bench.run(Client.UV, "lock").succeeded();
    block();
    Path lock = bench.folder().resolve("uv.lock");
    Files.writeString(
        lock,
        Files.readString(lock)
            .replace(
                "registry = \"" + scene.house().url() + "\"",
                "registry = \"https://pypi.org/simple\""));
    bench
        .with("UV_MALWARE_CHECK", "1")
        .with("UV_MALWARE_CHECK_URL", scene.house().url().resolve("/").toString())
        .run(Client.UV, "sync", "--frozen")
        .failed()
        .said("`spring==2.0`: MAL-2026-1")
        .said("`elm==3.1`: MAL-WELLHEAD-elm_3.1");
  }

  @Test
  void pip_audit_tells_of_malware_and_of_blocks_of_ours() throws IOException {
    block();
    Path pinned =
        Files.writeString(
            bench.folder().resolve("pinned.txt"), "spring==2.0\nelm==3.1\nfir==3.1\n");
    bench
        .run(
            Client.PIP_AUDIT,
            "--vulnerability-service",
            "osv",
            "--osv-url",
            scene.house().url().resolve("/v1/query").toString(),
            "--no-deps",
            "--disable-pip",
            "--progress-spinner",
            "off",
            "-r",
            pinned.toString())
        .failed()
        .said("MAL-2026-1")
        .said("MAL-WELLHEAD-elm_3.1")
        .said("Found 2 known vulnerabilities in 2 packages");
  }

  /// After the lock: a lock made later would pass over what is blocked.
  private void block() throws IOException {
    load(
        "own",
        Files.writeString(temp.resolve("blocked.txt"), "elm==3.1  not with us\n"),
        "blocklist");
  }

  private void load(String name, Path from, String kind) {
    TestHouse.Said said =
        TestHouse.verb(
            "feed",
            "load",
            name,
            from.toString(),
            "--kind",
            kind,
            "--data",
            temp.resolve("house").toString());
    if (said.exitCode() != 0) {
      throw new AssertionError(said.toString());
    }
  }
}
