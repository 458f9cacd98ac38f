package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// poetry: a primary source in the project's `pyproject.toml`, the only place that it reads. With
/// one, PyPI is not asked unless it is named (poetry's documentation, Repositories).
record PoetrySettings(Machine machine, IndexUrl index) implements ClientSettings {
  private static final List<String> SOURCES = List.of("tool", "poetry", "source");

  @Override
  public Path file() {
    return machine.folder().resolve("pyproject.toml");
  }

  @Override
  public String lines() {
    return TomlText.lines("[[tool.poetry.source]]", entry(), "\n");
  }

  @Override
  public String edited(String text) throws NotUnderstoodException {
    TomlText toml = TomlText.parse(text);
    JsonNode entries = toml.at(SOURCES);
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).path("name").asString("").equals("wellhead")) {
        return toml.withEntry(SOURCES, i, Map.of("url", index.url(), "priority", "primary"));
      }
    }
    return toml.withEntry(SOURCES, entries.size(), entry());
  }

  @Override
  public List<Finding> others() {
    Others others = new Others(index);
    others.toml(
        file(),
        toml -> {
          int number = 0;
          for (JsonNode entry : toml.at(SOURCES)) {
            String where = file() + ":" + toml.lineOf(SOURCES, number++);
            Weight weight =
                entry.path("priority").asString("").equals("explicit")
                    ? Weight.NAMED
                    : Weight.BESIDE;
            if (entry.path("name").asString("").toLowerCase(Locale.ROOT).equals("pypi")) {
              others.add(where, "source PyPI", weight);
            } else {
              others.source(where, entry, weight);
            }
          }
        });
    return others.found();
  }

  private Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", "wellhead");
    entry.put("url", index.url());
    entry.put("priority", "primary");
    return entry;
  }
}
