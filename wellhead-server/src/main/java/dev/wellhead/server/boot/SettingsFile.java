package dev.wellhead.server.boot;

import dev.wellhead.core.toml.TomlKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Reads a `wellhead.toml` into dotted keys, each with its place.
final class SettingsFile {
  private static final int LARGEST = 1 << 20;

  private SettingsFile() {}

  /// What a file says.
  ///
  /// @param values by dotted key; sections that are no section of ours end as one value, so that
  ///   the loader can name the outermost unknown key
  /// @param named the places of tables that people named, by dotted key, empty ones too
  record Text(Map<String, GivenValue> values, Map<String, String> named) {}

  /// The values of the file, each with its place.
  ///
  /// @throws RefusedException where the file cannot be read or is not TOML
  static Text read(Path file) throws RefusedException {
    String text = text(file);
    JsonNode root;
    try {
      root = TomlMapper.builder().build().readTree(text);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new RefusedException(
          "%s:%s: %s."
              .formatted(
                  file,
                  at == null ? "1:1" : at.getLineNr() + ":" + at.getColumnNr(),
                  Printable.text(sentence(e.getOriginalMessage()))),
          e);
    }
    Text read = new Text(new LinkedHashMap<>(), new LinkedHashMap<>());
    new Walk(file, TomlKeys.places(text), read).into(root, "");
    return read;
  }

  private static String text(Path file) throws RefusedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new RefusedException("The settings file " + file + " is larger than 1 MiB.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RefusedException(
          "The settings file %s cannot be read (%s): name another with --config, or leave that out."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String sentence(String message) {
    String first = message.lines().findFirst().orElse("not TOML").strip();
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private record Walk(Path file, Map<String, String> places, Text read) {
    void into(JsonNode node, String prefix) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
        String where = file + ":" + places.getOrDefault(path, "1:1");
        if (entry.getValue().isObject() && Sections.has(path)) {
          if (SettingPath.named(path).filter(path::equals).isPresent()) {
            read.named().put(path, where);
          }
          into(entry.getValue(), path);
        } else {
          read.values().put(path, new GivenValue.Typed(where, folder(), entry.getValue()));
        }
      }
    }

    private Path folder() {
      Path parent = file.toAbsolutePath().getParent();
      return parent == null ? file.toAbsolutePath() : parent;
    }
  }
}
