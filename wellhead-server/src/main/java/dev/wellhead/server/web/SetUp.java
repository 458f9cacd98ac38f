package dev.wellhead.server.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/// What to write where, so that a tool installs through this index and no other one.
public final class SetUp {
  private final String index;
  private final String host;
  private final boolean loopback;
  private final boolean secure;

  /// @param publicUrl where clients reach the server, with a slash at the end
  SetUp(URI publicUrl) {
    this.index = publicUrl + "simple/";
    String named = publicUrl.getHost();
    this.host = named == null ? "" : named;
    this.loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    this.secure = "https".equals(publicUrl.getScheme());
  }

  /// Lines for one tool.
  ///
  /// @param key of its texts
  /// @param name as it calls itself
  public record Tool(String key, String name, List<Step> steps) {}

  /// Lines to copy.
  ///
  /// @param where a file, or an empty text where they are typed
  public record Step(String where, String lines) {}

  /// The root of the Simple API.
  public String index() {
    return index;
  }

  /// Whether the address leads to a tool's own machine, wherever it runs.
  public boolean isLoopback() {
    return loopback;
  }

  /// Whether pip has to be told to go without TLS. It trusts its own machine anyway.
  private boolean needsTrust() {
    return !secure && !loopback;
  }

  public List<Tool> tools() {
    return List.of(
        new Tool("pip", "pip", List.of(new Step("", pip()))),
        new Tool(
            "uv",
            "uv",
            List.of(
                new Step("", "export UV_DEFAULT_INDEX=" + index),
                new Step(
                    "pyproject.toml",
                    "[[tool.uv.index]]\nname = \"wellhead\"\nurl = \""
                        + index
                        + "\"\ndefault = true"))),
        new Tool(
            "poetry",
            "Poetry",
            List.of(new Step("", "poetry source add --priority=primary wellhead " + index))),
        new Tool("pdm", "PDM", List.of(new Step("", "pdm config pypi.url " + index))),
        new Tool(
            "hatch",
            "Hatch",
            List.of(
                new Step(
                    "pyproject.toml",
                    "[tool.hatch.envs.default.env-vars]\n" + variables("%s = \"%s\"")))),
        new Tool("docker", "Docker", List.of(new Step("Dockerfile", variables("ENV %s=%s")))),
        new Tool(
            "github",
            "GitHub Actions",
            List.of(
                new Step(
                    ".github/workflows/….yml",
                    "env:\n" + variables("  %s: \"%s\"") + "\n  PDM_PYPI_URL: \"" + index + '"'))),
        new Tool(
            "gitlab",
            "GitLab CI",
            List.of(
                new Step(
                    ".gitlab-ci.yml",
                    "variables:\n"
                        + variables("  %s: \"%s\"")
                        + "\n  PDM_PYPI_URL: \""
                        + index
                        + '"'))));
  }

  private String pip() {
    String line = "pip config set global.index-url " + index;
    return needsTrust() ? line + "\npip config set global.trusted-host " + host : line;
  }

  private String variables(String form) {
    String both =
        String.format(Locale.ROOT, form, "PIP_INDEX_URL", index)
            + "\n"
            + String.format(Locale.ROOT, form, "UV_DEFAULT_INDEX", index);
    return needsTrust()
        ? both + "\n" + String.format(Locale.ROOT, form, "PIP_TRUSTED_HOST", host)
        : both;
  }
}
