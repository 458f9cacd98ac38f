package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// uv: an index with `default = true`, in the user's `uv.toml` or, for a project, in its `uv.toml`
/// or `pyproject.toml`.
///
/// A project's settings win over the user's, those over the system's, and the environment over all
/// of them; lists are joined (uv's documentation, Configuration files).
record UvSettings(Machine machine, IndexUrl index, Scope scope) implements ClientSettings {
  @Override
  public Path file() {
    if (scope == Scope.PROJECT) {
      return projectFile().orElse(machine.folder().resolve("pyproject.toml"));
    }
    String named = machine.variable("UV_CONFIG_FILE");
    return named.isEmpty() ? machine.config().resolve("uv/uv.toml") : Path.of(named);
  }

  @Override
  public String lines() {
    return TomlText.lines("[[" + String.join(".", array(file())) + "]]", entry(), "\n");
  }

  @Override
  public String edited(String text) throws NotUnderstoodException {
    TomlText toml = TomlText.parse(text);
    List<String> array = array(file());
    JsonNode entries = toml.at(array);
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      if (entry.path("default").asBoolean(false)
          || entry.path("name").asString("").equals("wellhead")) {
        return toml.withEntry(array, i, Map.of("url", index.url(), "default", true));
      }
    }
    return toml.withEntry(array, entries.size(), entry());
  }

  @Override
  public List<Finding> others() {
    Others others = new Others(index);
    if (!machine.variable("UV_CONFIG_FILE").isEmpty()) {
      file(Path.of(machine.variable("UV_CONFIG_FILE")), true, others);
    } else {
      boolean winning = true;
      for (Path file : read()) {
        winning &= !file.equals(file());
        file(file, winning, others);
      }
    }
    if (!machine.variable("UV_NO_CONFIG").isEmpty()) {
      others.add("environment", "UV_NO_CONFIG, so that no file is read:", Weight.UNSEEN);
    }
    others.variable(machine, "UV_DEFAULT_INDEX", Weight.WINS);
    others.variable(machine, "UV_INDEX_URL", Weight.WINS);
    others.variable(machine, "UV_INDEX", Weight.BESIDE);
    others.variable(machine, "UV_EXTRA_INDEX_URL", Weight.BESIDE);
    others.variable(machine, "UV_FIND_LINKS", Weight.BESIDE);
    if (!machine.variable("UV_NO_INDEX").isEmpty()) {
      others.add("environment", "UV_NO_INDEX", Weight.WINS);
    }
    others.requirementFiles(machine.folder());
    return others.found();
  }

  private void file(Path file, boolean winning, Others others) {
    List<String> root = root(file);
    others.toml(
        file,
        toml -> {
          JsonNode settings = toml.at(root);
          List<String> array = array(file);
          int number = 0;
          for (JsonNode entry : toml.at(array)) {
            String where = file + ":" + toml.lineOf(array, number++);
            others.source(where, entry, weight(entry, winning));
          }
          for (JsonNode place : List.of(settings, settings.path("pip"))) {
            others.urls(
                file.toString(), "index-url", place.path("index-url").asString(""), Weight.WINS);
            list(file, "extra-index-url", place, others);
            list(file, "find-links", place, others);
            if (place.path("no-index").asBoolean(false)) {
              others.add(file.toString(), "no-index", Weight.WINS);
            }
          }
          if (settings.path("index-strategy").asString("").startsWith("unsafe")) {
            others.add(
                file.toString(), "index-strategy is unsafe, so that every index", Weight.BESIDE);
          }
        });
  }

  private static Weight weight(JsonNode entry, boolean winning) {
    if (entry.path("explicit").asBoolean(false)) {
      return Weight.NAMED;
    }
    return entry.path("default").asBoolean(false) && winning ? Weight.WINS : Weight.BESIDE;
  }

  private static void list(Path file, String key, JsonNode place, Others others) {
    for (JsonNode each : place.path(key)) {
      others.urls(file.toString(), key, each.asString(""), Weight.BESIDE);
    }
  }

  /// uv's files, the first that wins first.
  private List<Path> read() {
    List<Path> files = new ArrayList<>();
    projectFile().ifPresent(files::add);
    files.add(machine.config().resolve("uv/uv.toml"));
    machine.systemConfig().forEach(folder -> files.add(folder.resolve("uv/uv.toml")));
    files.add(machine.root().resolve("etc/uv/uv.toml"));
    return files;
  }

  /// The nearest folder upwards with a `uv.toml`, else with a `pyproject.toml`; in one folder the
  /// `uv.toml` counts and the other file's `[tool.uv]` does not.
  private Optional<Path> projectFile() {
    for (Path folder = machine.folder(); folder != null; folder = folder.getParent()) {
      for (String name : List.of("uv.toml", "pyproject.toml")) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> root(Path file) {
    return file.endsWith("pyproject.toml") ? List.of("tool", "uv") : List.of();
  }

  private static List<String> array(Path file) {
    List<String> array = new ArrayList<>(root(file));
    array.add("index");
    return array;
  }

  private Map<String, Object> entry() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", "wellhead");
    entry.put("url", index.url());
    entry.put("default", true);
    return entry;
  }
}
