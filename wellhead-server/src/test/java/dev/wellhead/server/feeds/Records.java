package dev.wellhead.server.feeds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small records in OSV form, and sources of them.
final class Records {
  private Records() {}

  /// A record of malware in one version of a project.
  static String malware(String id, String project, String version, String modified) {
    return record(id, project, version, modified, "");
  }

  static String withdrawn(String id, String project, String version, String modified) {
    return record(id, project, version, modified, "\"withdrawn\":\"" + modified + "\",");
  }

  private static String record(
      String id, String project, String version, String modified, String more) {
    return String.format(
        Locale.ROOT,
        """
        {"schema_version":"1.7.4","id":"%s","modified":"%s",%s"summary":"Malicious code in %s",
        "affected":[{"package":{"ecosystem":"PyPI","name":"%s"},"versions":["%s"]}]}
        """,
        id,
        modified,
        more,
        project,
        project,
        version);
  }

  static void zip(Path into, Map<String, String> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(into);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }
}
