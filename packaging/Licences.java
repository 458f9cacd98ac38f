import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes the licences and notices out of the jars of a package and lists every component with its
/// licence, by the package's own SBOM. Stops where a jar is in no list or has no licence.
void main(String[] arguments) throws IOException {
  Path tree = Path.of(arguments[0]);
  Path licences = tree.resolve("licences");
  JsonNode sbom = JsonMapper.shared().readTree(licences.resolve("sbom.cdx.json").toFile());
  TreeMap<String, JsonNode> components = new TreeMap<>();
  for (JsonNode component : sbom.path("components")) {
    components.put(
        component.path("name").asString() + "-" + component.path("version").asString() + ".jar",
        component);
  }
  StringBuilder list =
      new StringBuilder(
          """
          # What is in this package

          Wellhead is under the Apache License 2.0 (LICENSE). It comes with these components, unchanged;
          what they say of themselves lies in the folders of their names. Their sources are on Maven
          Central. The runtime is Eclipse Temurin, made smaller by jlink; its licences are in
          runtime/legal. Components under the Apache License 2.0 share the text in LICENSE; where a
          component offers the Apache License among others, that one is taken.

          | file | licence | where it comes from |
          |---|---|---|
          """);
  try (Stream<Path> jars = Files.list(tree.resolve("lib"))) {
    for (Path jar : jars.sorted().toList()) {
      String name = jar.getFileName().toString();
      JsonNode component = components.get(name);
      if (component == null) {
        throw new IOException("the list of components does not know lib/" + name);
      }
      List<String> ids =
          component.path("licenses").valueStream()
              .map(one -> one.has("expression") ? one : one.path("license"))
              .map(one -> one.path("id").asString(one.path("name").asString(one.path("expression").asString(""))))
              .toList();
      boolean ours = name.startsWith("wellhead-");
      if (ids.isEmpty() && !ours) {
        throw new IOException("lib/" + name + " names no licence");
      }
      list.append("| ").append(name).append(" | ")
          .append(ids.isEmpty() ? "Apache-2.0" : String.join(" or ", ids)).append(" | ")
          .append(component.path("purl").asString("").replaceFirst("\\?.*", "")).append(" |\n");
      takeOut(jar, licences.resolve(name.replaceFirst("\\.jar$", "")));
    }
  }
  Files.writeString(licences.resolve("README.md"), list);
}

/// Copies what lies in the jar under a name like LICENSE, NOTICE or COPYING.
void takeOut(Path jar, Path into) throws IOException {
  try (JarFile file = new JarFile(jar.toFile())) {
    for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
      String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
      String upper = name.toUpperCase(Locale.ROOT);
      boolean wanted =
          (upper.startsWith("LICEN") || upper.startsWith("NOTICE") || upper.startsWith("COPYING"))
              && !upper.endsWith(".CLASS");
      if (!entry.isDirectory() && wanted) {
        Path target = into.resolve(entry.getName().replaceFirst("^META-INF/", "").replace('/', '_'));
        Files.createDirectories(into);
        try (InputStream in = file.getInputStream(entry)) {
          Files.write(target, in.readAllBytes());
        }
      }
    }
  }
}
