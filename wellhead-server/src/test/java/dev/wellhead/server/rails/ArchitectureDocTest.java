package dev.wellhead.server.rails;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ArchitectureDocTest {
  /// `Download`, `index.Download`, `index.Download.answer`: the class is the first capital name.
  private static final Pattern CLASS_NAME =
      Pattern.compile("`(?:[a-z][a-z0-9]*\\.)*([A-Z][A-Za-z0-9]+)(?:\\.[A-Za-z0-9]+)?(?:\\(\\))?`");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|interface|enum|@interface) ([A-Z][A-Za-z0-9]+)");

  @Test
  void every_class_that_the_architecture_names_exists() throws IOException {
    String text = Files.readString(Sources.HOUSE.resolve("ARCHITECTURE.md"));
    Set<String> known = types();
    Set<String> unknown = new TreeSet<>();
    Matcher names = CLASS_NAME.matcher(text);
    while (names.find()) {
      if (!known.contains(names.group(1))) {
        unknown.add(
            names.group(1)
                + " is named in ARCHITECTURE.md and is no class: follow the renaming, or take it out");
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void every_room_of_the_code_stands_in_the_architecture() throws IOException {
    String text = Files.readString(Sources.HOUSE.resolve("ARCHITECTURE.md"));
    Set<String> missing = new TreeSet<>();
    for (Path file : Sources.all()) {
      String name = Sources.name(file);
      Matcher room =
          Pattern.compile("src/main/java/dev/wellhead/(?:core|server)/([a-z]+)/").matcher(name);
      if (room.find() && !text.contains("`" + room.group(1) + "`")) {
        missing.add("the room " + room.group(1) + " is not in the table of ARCHITECTURE.md");
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void every_package_says_what_it_knows_and_that_nothing_in_it_is_null() throws IOException {
    List<Path> files = Sources.all();
    Set<String> described = new HashSet<>();
    for (Path file : files) {
      if (file.endsWith("package-info.java")) {
        String text = Files.readString(file);
        if (text.contains("@NullMarked") && text.startsWith("///")) {
          described.add(packageOf(file));
        }
      }
    }
    Set<String> bare = new TreeSet<>();
    for (Path file : files) {
      if (!described.contains(packageOf(file))) {
        bare.add(
            packageOf(file)
                + " has no package-info.java with a /// sentence (what the room knows) and @NullMarked");
      }
    }
    assertThat(bare).isEmpty();
  }

  @Test
  void the_command_line_does_not_depend_on_the_server() throws IOException {
    assertThat(Files.readString(Sources.HOUSE.resolve("wellhead-cli/pom.xml")))
        .as("the CLI asks a server over HTTP; what both need belongs to wellhead-core")
        .doesNotContain("<artifactId>wellhead-server</artifactId>");
  }

  private static Set<String> types() throws IOException {
    Set<String> types = new HashSet<>();
    for (Path file : Sources.all()) {
      Matcher names = TYPE.matcher(Files.readString(file));
      while (names.find()) {
        types.add(names.group(1));
      }
    }
    return types;
  }

  private static String packageOf(Path file) {
    String name = Sources.name(file.resolveSibling(""));
    return name.substring(name.indexOf("/java/") + "/java/".length()).replace('/', '.');
  }
}
