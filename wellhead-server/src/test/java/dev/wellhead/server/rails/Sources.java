package dev.wellhead.server.rails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The Java sources of the project as they lie in the checkout.
final class Sources {
  /// The folder of the whole project.
  static final Path HOUSE = Path.of(System.getProperty("house", ".")).toAbsolutePath();

  private Sources() {}

  /// Every `.java` file below the source folders of the modules, main and test, sorted.
  static List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path module : modules()) {
      for (String part : List.of("src/main/java", "src/test/java")) {
        Path folder = module.resolve(part);
        if (Files.isDirectory(folder)) {
          try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    }
    return files.stream().sorted().toList();
  }

  /// Such as `wellhead-server/src/main/java/…/Main.java`.
  static String name(Path file) {
    return HOUSE.relativize(file).toString();
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(HOUSE)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("wellhead-"))
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .sorted()
          .toList();
    }
  }
}
