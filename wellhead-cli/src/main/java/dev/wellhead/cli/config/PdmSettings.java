package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// pdm: `pypi.url` in the user's `config.toml`, or the source named `pypi` of a project, which wins
/// (pdm's documentation, Configure the package indexes).
record PdmSettings(Machine machine, IndexUrl index, Scope scope) implements ClientSettings {
  private static final List<String> SOURCES = List.of("tool", "pdm", "source");
  private static final List<String> PYPI = List.of("pypi");

  @Override
  public Path file() {
    return scope == Scope.PROJECT ? project() : user();
  }

  @Override
  public String lines() {
    return scope == Scope.PROJECT
        ? TomlText.lines("[[tool.pdm.source]]", entry(), "\n")
        : TomlText.lines("[pypi]", Map.of("url", index.url()), "\n");
  }

  @Override
  public String edited(String text) throws NotUnderstoodException {
    TomlText toml = TomlText.parse(text);
    if (scope == Scope.USER) {
      return toml.with(PYPI, Map.of("url", index.url()));
    }
    JsonNode entries = toml.at(SOURCES);
    for (int i = 0; i < entries.size(); i++) {
      if (isPypi(entries.get(i))) {
        return toml.withEntry(SOURCES, i, Map.of("url", index.url()));
      }
    }
    return toml.withEntry(SOURCES, entries.size(), entry());
  }

  @Override
  public List<Finding> others() {
    Others others = new Others(index);
    others.toml(project(), toml -> project(toml, others));
    stored(machine.folder().resolve("pdm.toml"), Weight.WINS, others);
    stored(user(), scope == Scope.PROJECT ? Weight.NAMED : Weight.WINS, others);
    for (Path folder : machine.systemConfig()) {
      stored(folder.resolve("pdm/config.toml"), Weight.NAMED, others);
    }
    others.variable(machine, "PDM_PYPI_URL", Weight.WINS);
    return others.found();
  }

  private void project(TomlText toml, Others others) {
    int number = 0;
    for (JsonNode entry : toml.at(SOURCES)) {
      String where = project() + ":" + toml.lineOf(SOURCES, number++);
      others.source(where, entry, isPypi(entry) ? Weight.WINS : Weight.BESIDE);
    }
  }

  /// Indexes that `pdm config` wrote: `[pypi]` is the usual one, `[pypi.NAME]` one more.
  ///
  /// @param usual what a `[pypi]` there does; one that does nothing to this index is not told
  private void stored(Path file, Weight usual, Others others) {
    others.toml(
        file,
        toml -> {
          JsonNode pypi = toml.at(PYPI);
          if (usual == Weight.WINS && !file.equals(file())) {
            others.urls(file.toString(), "pypi.url", pypi.path("url").asString(""), usual);
          }
          for (Map.Entry<String, JsonNode> more : pypi.properties()) {
            if (more.getValue().isObject()) {
              others.urls(
                  file.toString(),
                  "pypi." + more.getKey().replaceAll("[^A-Za-z0-9._-]", "?") + ".url",
                  more.getValue().path("url").asString(""),
                  Weight.BESIDE);
            }
          }
        });
  }

  private static boolean isPypi(JsonNode entry) {
    return entry.path("name").asString("").equals("pypi");
  }

  private Path project() {
    return machine.folder().resolve("pyproject.toml");
  }

  private Path user() {
    String named = machine.variable("PDM_CONFIG_FILE");
    return named.isEmpty() ? machine.config("pdm").resolve("config.toml") : Path.of(named);
  }

  private Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", "pypi");
    entry.put("url", index.url());
    return entry;
  }
}
