package dev.wellhead.server.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What this machine has: its Python, the folder of clients beside the project where there is one,
/// and the folders of wheels that its own pip configuration names. Found at run time, since each
/// machine's differ.
final class Machine {
  private static final Path HOUSE = Path.of(System.getProperty("house", ".."));
  private static final Pattern HREF = Pattern.compile("href=\"([^\"#]+)");
  private static final Pattern SETTING =
      Pattern.compile("[^=]*\\.(index-url|extra-index-url|find-links)='(.*)'");

  private Machine() {}

  /// Where built things of these tests may lie and be found again by the next test.
  static Path workshop() {
    return HOUSE.resolve("wellhead-server/target/clients").toAbsolutePath().normalize();
  }

  /// The folder with the clients' wheels, beside the project's root or one folder further up.
  static Optional<Path> clientsFolder() {
    return Stream.of("../shared/clients", "../../shared/clients")
        .map(folder -> HOUSE.resolve(folder).toAbsolutePath().normalize())
        .filter(Files::isDirectory)
        .findFirst();
  }

  /// The interpreter behind `python3`, so that no version switcher on the path has a say later.
  static String python() {
    return Python.EXECUTABLE;
  }

  /// Folders with wheels that the machine's own pip configuration offers without any network.
  static Set<Path> pipFolders() {
    Run settings =
        Commands.run(
            Map.copyOf(System.getenv()),
            workshop(),
            List.of("python3", "-m", "pip", "config", "list"));
    Set<Path> folders = new LinkedHashSet<>();
    for (String line : settings.succeeded().output().lines().toList()) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        boolean isIndex = !setting.group(1).equals("find-links");
        for (Path place : localPlaces(setting.group(2))) {
          folders.addAll(isIndex ? indexed(place) : List.of(place));
        }
      }
    }
    return folders;
  }

  private static List<Path> localPlaces(String value) {
    List<Path> places = new ArrayList<>();
    for (String word : value.split("(\\s|\\\\n)+", -1)) {
      if (word.startsWith("file:")) {
        places.add(Path.of(URI.create(word)));
      } else if (word.startsWith("/")) {
        places.add(Path.of(word));
      }
    }
    return places.stream().filter(Files::isDirectory).toList();
  }

  /// The folders that the pages of a file:// index lead to.
  private static Set<Path> indexed(Path index) {
    Set<Path> folders = new LinkedHashSet<>();
    try (Stream<Path> pages = Files.list(index)) {
      for (Path page : pages.map(project -> project.resolve("index.html")).toList()) {
        if (Files.isRegularFile(page)) {
          folders.addAll(linked(page));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders;
  }

  private static Set<Path> linked(Path page) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    Matcher href = HREF.matcher(Files.readString(page, StandardCharsets.UTF_8));
    while (href.find()) {
      URI target = page.toUri().resolve(href.group(1));
      if ("file".equals(target.getScheme()) && target.getPath().endsWith(".whl")) {
        Path folder = Path.of(target).getParent();
        if (folder != null && Files.isDirectory(folder)) {
          folders.add(folder);
        }
      }
    }
    return folders;
  }

  /// Asked once: a version switcher takes its time.
  private static final class Python {
    static final String EXECUTABLE =
        Commands.run(
                Map.copyOf(System.getenv()),
                workshop(),
                List.of("python3", "-c", "import sys; print(sys._base_executable)"))
            .succeeded()
            .output()
            .strip();
  }
}
