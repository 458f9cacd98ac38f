package dev.wellhead.server.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small wheels, sound and odd.
final class TestWheels {
  private TestWheels() {}

  static String metadata(String project, String version) {
    return "Metadata-Version: 2.1\nName: " + project + "\nVersion: " + version + "\n";
  }

  static byte[] wheel(String project, String version) {
    return wheel(project, version, 0);
  }

  /// With so many bytes that no packing makes smaller.
  static byte[] wheel(String project, String version, int padding) {
    byte[] noise = new byte[padding];
    new Random(padding).nextBytes(noise);
    return zip(
        "data.bin",
        noise,
        project + "-" + version + ".dist-info/METADATA",
        metadata(project, version).getBytes(StandardCharsets.UTF_8));
  }

  /// Names and contents in turn.
  static byte[] zip(Object... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      for (int i = 0; i < entries.length; i += 2) {
        ZipEntry entry = new ZipEntry((String) entries[i]);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write((byte[]) entries[i + 1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
