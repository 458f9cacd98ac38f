package dev.wellhead.testkit.transcript;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// An answer as it came over the wire, its body without chunks but still compressed.
final class Reply {
  private static final int TEXT_LIMIT = 16 * 1024 * 1024;
  private static final int PICTURE_LIMIT = 4_000;

  record Field(String name, String value) {}

  private final String statusLine;
  private final List<Field> fields;
  private final byte[] body;

  Reply(String statusLine, List<Field> fields, byte[] body) throws IOException {
    if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
      throw new IOException("not a status line: " + statusLine);
    }
    this.statusLine = statusLine;
    this.fields = List.copyOf(fields);
    this.body = body.clone();
  }

  int status() {
    return Integer.parseInt(statusLine, 9, 12, 10);
  }

  /// The reason phrase, without which nobody tells the person who waits at a terminal anything.
  String reason() {
    return statusLine.length() > 13 ? statusLine.substring(13) : "";
  }

  /// The header's value; more lines of one name are joined with a comma (RFC 9110, 5.3).
  Optional<String> header(String name) {
    List<String> values =
        fields.stream()
            .filter(field -> field.name().equalsIgnoreCase(name))
            .map(Field::value)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  int length() {
    return body.length;
  }

  boolean sameBody(Reply other) {
    return Arrays.equals(body, other.body);
  }

  /// The body as one character a byte, to be saved and compared.
  String bytes() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The body as a reader sees it: decompressed, UTF-8.
  String text() {
    if (!header("Content-Encoding").orElse("").equals("gzip")) {
      return new String(body, StandardCharsets.UTF_8);
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readNBytes(TEXT_LIMIT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Content-Encoding says gzip and the body is none", e);
    }
  }

  String picture() {
    return statusLine
        + "\n"
        + fields.stream()
            .map(field -> field.name() + ": " + field.value() + "\n")
            .collect(Collectors.joining())
        + "\n"
        + shortened(text())
        + "\n("
        + body.length
        + " bytes)";
  }

  static String shortened(String text) {
    String printable = text.replaceAll("[^\\t\\n\\x20-\\x7e\\u00a0-\\uffff]", "·");
    return printable.length() <= PICTURE_LIMIT
        ? printable
        : printable.substring(0, PICTURE_LIMIT) + "… (" + printable.length() + " characters)";
  }
}
