package dev.wellhead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// A file that a [FakeIndex] offers; what costs reading it is computed once, when first asked for.
final class FakeFile {
  /// Where the bytes come from.
  interface Source {
    long size();

    InputStream open() throws IOException;
  }

  private final String filename;
  private final Source source;
  private final @Nullable Instant uploadTime;
  private @Nullable String sha256;
  private byte @Nullable [] metadata;

  FakeFile(String filename, Source source, @Nullable Instant uploadTime) {
    this.filename = filename;
    this.source = source;
    this.uploadTime = uploadTime;
  }

  String filename() {
    return filename;
  }

  Source source() {
    return source;
  }

  @Nullable Instant uploadTime() {
    return uploadTime;
  }

  boolean isWheel() {
    return filename.endsWith(".whl");
  }

  /// Normalized project name, by the file name.
  String project() {
    return projectPart().replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  String version() {
    if (isWheel()) {
      return filename.split("-", -1)[1];
    }
    return stem().substring(projectPart().length() + 1);
  }

  /// As PyPI's: spread over folders by a digest. Of the name, so that no file need be read for it.
  String path() {
    String digest =
        HexFormat.of().formatHex(sha256().digest(filename.getBytes(StandardCharsets.UTF_8)));
    return String.join(
        "/",
        "/packages",
        digest.substring(0, 2),
        digest.substring(2, 4),
        digest.substring(4),
        filename);
  }

  synchronized String hash() {
    if (sha256 == null) {
      sha256 = hash("SHA-256");
    }
    return sha256;
  }

  /// Lower-case hex by another algorithm.
  String hash(String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      try (InputStream in = new DigestInputStream(source.open(), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The wheel's METADATA; empty when there is none.
  synchronized byte[] metadata() {
    if (metadata == null) {
      metadata = readMetadata();
    }
    return metadata;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private byte[] readMetadata() {
    if (!isWheel()) {
      return new byte[0];
    }
    try (ZipInputStream zip = new ZipInputStream(source.open(), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().matches("[^/]+\\.dist-info/METADATA")) {
          return zip.readAllBytes();
        }
      }
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String projectPart() {
    return isWheel()
        ? filename.substring(0, filename.indexOf('-'))
        : stem().substring(0, stem().lastIndexOf('-'));
  }

  private String stem() {
    return filename.replaceFirst("\\.(tar\\.gz|tar\\.bz2|tgz|zip)$", "");
  }
}
