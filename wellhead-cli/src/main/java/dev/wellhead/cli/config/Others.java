package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Gathers the other indexes that a client would ask.
final class Others {
  private static final Pattern REQUIREMENTS =
      Pattern.compile("(requirements|constraints).*\\.(txt|in)");
  private static final Pattern OPTION =
      Pattern.compile("\\s*(-i|--index-url|--extra-index-url|-f|--find-links)[\\s=]+(.*)");

  private final IndexUrl index;
  private final List<Finding> found = new ArrayList<>();

  Others(IndexUrl index) {
    this.index = index;
  }

  List<Finding> found() {
    return List.copyOf(found);
  }

  /// One setting that holds URLs or folders, parted by white space.
  void urls(String where, String key, String value, Weight weight) {
    for (String each : value.strip().split("[\\s,]+", -1)) {
      String url = each.replaceFirst("^[A-Za-z0-9_-]+=(?=[a-z]+://)", "");
      if (!url.isEmpty() && !index.isSame(url)) {
        found.add(new Finding(where, key + " " + IndexUrl.shown(url), weight));
      }
    }
  }

  void variable(Machine machine, String name, Weight weight) {
    urls("environment", name, machine.variable(name), weight);
  }

  /// Anything else that gets in the way.
  void add(String where, String what, Weight weight) {
    found.add(new Finding(where, what, weight));
  }

  /// One entry of a list of sources.
  void source(String where, JsonNode entry, Weight weight) {
    String name = entry.path("name").asString("");
    urls(
        where,
        "source" + (name.isEmpty() ? "" : " " + name.replaceAll("[^A-Za-z0-9._-]", "?")),
        entry.path("url").asString(""),
        weight);
  }

  /// A file of TOML, handed on where it can be read; where not, that is said.
  void toml(Path file, TomlReader reader) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      reader.read(TomlText.parse(SettingsText.read(file)));
    } catch (NotUnderstoodException e) {
      add(file.toString(), "not understood;", Weight.UNSEEN);
    }
  }

  /// What is done with a file that could be read.
  interface TomlReader {
    void read(TomlText toml);
  }

  /// Options in the requirement files of a folder, which pip and uv obey.
  void requirementFiles(Path folder) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> REQUIREMENTS.matcher(file.getFileName().toString()).matches())) {
      List<Path> sorted = new ArrayList<>();
      files.forEach(sorted::add);
      sorted.sort(null);
      for (Path file : sorted) {
        requirements(file);
      }
    } catch (IOException e) {
      add(folder.toString(), "not readable;", Weight.UNSEEN);
    }
  }

  private void requirements(Path file) {
    try {
      int number = 0;
      for (String line : SettingsText.read(file).split("\r?\n", -1)) {
        number++;
        Matcher option = OPTION.matcher(line);
        if (option.matches()) {
          boolean instead = option.group(1).equals("-i") || option.group(1).equals("--index-url");
          urls(
              file + ":" + number,
              option.group(1),
              option.group(2).replaceFirst("\\s#.*", ""),
              instead ? Weight.WINS : Weight.BESIDE);
        }
      }
    } catch (NotUnderstoodException e) {
      add(file.toString(), "not understood;", Weight.UNSEEN);
    }
  }
}
