package dev.wellhead.server.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The smallest wheel.
final class Wheels {
  static final String SIX = "six-1.0-py3-none-any.whl";
  static final String METADATA = "Metadata-Version: 2.1\nName: six\nVersion: 1.0\n";

  private Wheels() {}

  static byte[] six() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      ZipEntry entry = new ZipEntry("six-1.0.dist-info/METADATA");
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(METADATA.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
