package dev.wellhead.server.db;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The migration scripts on the class path that one engine runs, in the order of their numbers.
record Scripts(List<String> folders, List<Script> inOrder) {
  private static final Pattern NAME = Pattern.compile("V([1-9][0-9]{0,8})__[a-z0-9_]+\\.sql");

  /// @param checksum as Flyway writes it into its history: CRC-32 over the lines without their ends
  record Script(String version, long checksum) {}

  Scripts {
    folders = List.copyOf(folders);
    inOrder = List.copyOf(inOrder);
  }

  static Scripts of(String location, String vendor) {
    List<String> folders = new ArrayList<>();
    List<Script> scripts = new ArrayList<>();
    for (String folder : List.of(location + "/common", location + "/" + vendor)) {
      URL url = Scripts.class.getClassLoader().getResource(folder);
      if (url != null) {
        folders.add(folder);
        scripts.addAll(in(url));
      }
    }
    if (scripts.isEmpty()) {
      throw new IllegalStateException("no migrations on the class path in " + location);
    }
    scripts.sort(Comparator.comparingLong(script -> number(script.version())));
    return new Scripts(folders, scripts);
  }

  /// The number of the last script.
  long latest() {
    return number(inOrder.getLast().version());
  }

  /// The number of a version, 0 where it is none.
  static long number(@Nullable String version) {
    return version != null && version.matches("[0-9]{1,9}") ? Long.parseLong(version) : 0;
  }

  /// The scripts in a folder of class files or of a jar, whose path may hold any character.
  static List<Script> in(URL folder) {
    try {
      URI uri = folder.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return in(Path.of(uri));
      }
      String place = uri.getRawSchemeSpecificPart();
      int end = place.lastIndexOf("!/");
      Path file = Path.of(URI.create(place.substring(0, end)));
      try (FileSystem jar = FileSystems.newFileSystem(file)) {
        return in(jar.getPath(place.substring(end + 2)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("not a place of resources: " + folder, e);
    }
  }

  private static List<Script> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Script> scripts = new ArrayList<>();
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
          throw new IllegalStateException("not named as V1__what.sql: " + file);
        }
        scripts.add(new Script(name.group(1), checksum(file)));
      }
      return scripts;
    }
  }

  private static long checksum(Path script) throws IOException {
    CRC32 crc = new CRC32();
    try (BufferedReader lines = Files.newBufferedReader(script)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) crc.getValue(); // Flyway keeps it signed
  }
}
