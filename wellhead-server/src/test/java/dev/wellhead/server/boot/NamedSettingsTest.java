package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rooms cannot see the settings records, but tell people which setting to change: those names must
/// exist.
final class NamedSettingsTest {
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![.\\w])(?:server|upstream|storage|fetches|cache|log|alarms)(?:\\.[a-z_-]+)+");
  private static final Set<String> FILES = Set.of("fetches.db", "alarms.jte");

  @Test
  void every_setting_that_a_sentence_names_exists() throws IOException {
    Set<String> known = new HashSet<>();
    for (SettingKey key : SettingKey.all()) {
      for (String path = key.path(); !path.isEmpty(); path = section(path)) {
        known.add(path);
      }
      known.add(key.path() + "_file"); // secrets may lie in files of their own
    }
    Set<String> unknown = new TreeSet<>(named());
    unknown.removeAll(known);
    unknown.removeAll(FILES);

    assertThat(unknown).isEmpty();
  }

  private static String section(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  private static Set<String> named() throws IOException {
    Path sources = Path.of(System.getProperty("house")).resolve("wellhead-server/src/main/java");
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      // `Nearest` knows the wrong names too.
      List<Path> java =
          files
              .filter(file -> file.toString().endsWith(".java") && !file.endsWith("Nearest.java"))
              .toList();
      for (Path file : java) {
        LITERAL
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .flatMap(literal -> NAME.matcher(literal).results())
            .map(MatchResult::group)
            .forEach(names::add);
      }
    }
    return names;
  }
}
