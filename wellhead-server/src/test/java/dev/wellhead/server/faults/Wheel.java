package dev.wellhead.server.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A wheel of a project of its own, with bytes that do not repeat themselves.
final class Wheel {
  private final String project;
  private final byte[] bytes;

  private Wheel(String project, byte[] bytes) {
    this.project = project;
    this.bytes = bytes;
  }

  /// One of a little more than `size` bytes; the same for the same name and size.
  static Wheel of(String project, int size) {
    byte[] padding = new byte[size];
    new Random(project.hashCode()).nextBytes(padding);
    ByteArrayOutputStream out = new ByteArrayOutputStream(size + 500);
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      put(zip, project + "/padding", padding);
      put(
          zip,
          project + "-1.0.dist-info/METADATA",
          metadata(project).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Wheel(project, out.toByteArray());
  }

  String project() {
    return project;
  }

  String filename() {
    return project + "-1.0-py3-none-any.whl";
  }

  byte[] bytes() {
    return bytes.clone();
  }

  int size() {
    return bytes.length;
  }

  String sha256() {
    return sha256(bytes);
  }

  String metadata() {
    return metadata(project);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String metadata(String project) {
    return "Metadata-Version: 2.1\nName: " + project + "\nVersion: 1.0\n";
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
  }
}
