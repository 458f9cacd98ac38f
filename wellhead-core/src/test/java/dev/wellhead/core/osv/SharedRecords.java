package dev.wellhead.core.osv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// Real records, kept beside the project and not in it; where they are absent, a test that needs
/// them is skipped.
final class SharedRecords {
  private static final int BLOCK = 512;

  private SharedRecords() {}

  static byte[] malware(String id) throws IOException {
    return Files.readAllBytes(find("osv-mal/" + id + ".json"));
  }

  /// The YAML files of the archive by name.
  static Map<String, byte[]> pypa() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(Files.newInputStream(find("pypa-advisories-2024-10.tar.gz"))))) {
      byte[] head = in.readNBytes(BLOCK);
      while (head.length == BLOCK && head[0] != 0) {
        String name = new String(head, 0, 100, StandardCharsets.US_ASCII).split("\0", 2)[0];
        int size =
            Integer.parseInt(new String(head, 124, 11, StandardCharsets.US_ASCII).strip(), 8);
        byte[] body = in.readNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        if (name.endsWith(".yaml")) {
          files.put(name, java.util.Arrays.copyOf(body, size));
        }
        head = in.readNBytes(BLOCK);
      }
    }
    return files;
  }

  private static Path find(String name) {
    Path house = Path.of(System.getProperty("house", ""));
    for (String shared : List.of("../shared", "../../shared")) {
      Path file = house.resolve(shared).resolve("data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    assumeTrue(false, "skipped: there is no ../shared/data/" + name + " beside the project");
    throw new IllegalStateException("skipped");
  }
}
