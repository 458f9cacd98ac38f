package dev.wellhead.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptsTest {
  @Test
  void scripts_are_found_in_a_jar_wherever_it_lies(@TempDir Path temp) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("some where, 100 % + #ü"));
    Path jar = folder.resolve("a.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("db/x/"));
      out.putNextEntry(new ZipEntry("db/x/V1__first.sql"));
      out.write("SELECT 1;\n".getBytes(StandardCharsets.UTF_8));
    }

    List<Scripts.Script> found = Scripts.in(URI.create("jar:" + jar.toUri() + "!/db/x").toURL());

    assertThat(found).extracting(Scripts.Script::version).containsExactly("1");
  }
}
