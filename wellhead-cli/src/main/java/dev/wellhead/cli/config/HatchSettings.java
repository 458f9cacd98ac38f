package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// hatch: variables for the pip or uv that it runs, in the environments `default`, from which
/// others inherit, and `hatch-build`, which does not.
///
/// hatch has no index of its own. Its other environments (`hatch-test`, `hatch-static-analysis`)
/// and all that these variables do not say come from the settings of pip and uv.
record HatchSettings(Machine machine, IndexUrl index) implements ClientSettings {
  private static final List<String> ENVIRONMENTS = List.of("default", "hatch-build");

  @Override
  public Path file() {
    Path own = machine.folder().resolve("hatch.toml");
    return Files.exists(own) ? own : machine.folder().resolve("pyproject.toml");
  }

  @Override
  public String lines() {
    return ENVIRONMENTS.stream()
        .map(name -> TomlText.lines("[" + String.join(".", table(name)) + "]", variables(), "\n"))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String edited(String text) throws NotUnderstoodException {
    String changed = text;
    for (String environment : ENVIRONMENTS) {
      changed = TomlText.parse(changed).with(table(environment), variables());
    }
    return changed;
  }

  @Override
  public List<Finding> others() {
    Others others = new Others(index);
    others.toml(
        file(),
        toml ->
            toml.at(root())
                .properties()
                .forEach(
                    environment -> look(environment.getKey(), environment.getValue(), others)));
    List<Finding> found = new ArrayList<>(others.found());
    // The variables above win over pip's and uv's own index, and leave what comes beside it.
    Stream.concat(
            new PipSettings(machine, index).others().stream(),
            new UvSettings(machine, index, Scope.USER).others().stream())
        .filter(finding -> finding.weight() != Weight.WINS && !found.contains(finding))
        .forEach(found::add);
    return found.stream().distinct().toList();
  }

  private void look(String name, JsonNode environment, Others others) {
    boolean ours = ENVIRONMENTS.contains(name);
    for (Map.Entry<String, JsonNode> variable : environment.path("env-vars").properties()) {
      String where = file() + " [" + name.replaceAll("[^A-Za-z0-9._-]", "?") + "]";
      String value = variable.getValue().asString("");
      switch (variable.getKey()) {
        case "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL" -> {
          if (!ours || variable.getKey().equals("UV_INDEX_URL")) {
            others.urls(where, variable.getKey(), value, Weight.WINS);
          }
        }
        case "PIP_EXTRA_INDEX_URL",
            "PIP_FIND_LINKS",
            "UV_INDEX",
            "UV_EXTRA_INDEX_URL",
            "UV_FIND_LINKS" ->
            others.urls(where, variable.getKey(), value, Weight.BESIDE);
        default -> {}
      }
    }
  }

  private List<String> root() {
    return file().endsWith("hatch.toml") ? List.of("envs") : List.of("tool", "hatch", "envs");
  }

  private List<String> table(String environment) {
    List<String> table = new ArrayList<>(root());
    table.add(environment);
    table.add("env-vars");
    return table;
  }

  private Map<String, Object> variables() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("PIP_INDEX_URL", index.url());
    variables.put("UV_DEFAULT_INDEX", index.url());
    return variables;
  }
}
