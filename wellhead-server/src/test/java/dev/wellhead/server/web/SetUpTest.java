package dev.wellhead.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SetUpTest {
  @Test
  void every_tool_gets_the_public_url() {
    assertThat(lines("https://pypi.example.com/"))
        .containsEntry("pip", "pip config set global.index-url https://pypi.example.com/simple/")
        .containsEntry(
            "docker",
            """
            ENV PIP_INDEX_URL=https://pypi.example.com/simple/
            ENV UV_DEFAULT_INDEX=https://pypi.example.com/simple/\
            """)
        .containsEntry(
            "gitlab",
            """
            variables:
              PIP_INDEX_URL: "https://pypi.example.com/simple/"
              UV_DEFAULT_INDEX: "https://pypi.example.com/simple/"
              PDM_PYPI_URL: "https://pypi.example.com/simple/"\
            """)
        .containsOnlyKeys("docker", "github", "gitlab", "hatch", "pdm", "pip", "poetry", "uv")
        .allSatisfy((_, text) -> assertThat(text).contains("https://pypi.example.com/simple/"));
  }

  @Test
  void pip_is_told_to_trust_a_host_without_tls_unless_it_is_its_own() {
    assertThat(lines("http://pypi.example.com/").get("pip"))
        .endsWith("\npip config set global.trusted-host pypi.example.com");
    assertThat(lines("http://pypi.example.com/").get("docker"))
        .endsWith("\nENV PIP_TRUSTED_HOST=pypi.example.com");
    assertThat(lines("http://127.0.0.1:8090/").get("pip")).doesNotContain("trusted");
    assertThat(new SetUp(URI.create("http://127.0.0.1:8090/")).isLoopback()).isTrue();
    assertThat(new SetUp(URI.create("https://pypi.example.com/")).isLoopback()).isFalse();
  }

  private static Map<String, String> lines(String url) {
    Map<String, String> lines = new TreeMap<>();
    for (SetUp.Tool tool : new SetUp(URI.create(url)).tools()) {
      tool.steps().forEach(step -> lines.merge(tool.key(), step.lines(), (a, b) -> a + "\n" + b));
    }
    return lines;
  }
}
