package dev.wellhead.server.http;

import java.nio.file.Path;

/// A file that never changes under its path, and what a client has to be told about it.
///
/// `etag` is a strong entity tag with its quotes (RFC 9110 section 8.8.3); `length` is in bytes.
public record FileEntity(Path path, long length, String etag, String contentType) {
  public FileEntity {
    if (length < 0) {
      throw new IllegalArgumentException("negative length of " + path + ": " + length);
    }
    if (etag.length() < 3 || !etag.startsWith("\"") || !etag.endsWith("\"")) {
      throw new IllegalArgumentException("not a strong entity tag in quotes: " + etag);
    }
  }
}
