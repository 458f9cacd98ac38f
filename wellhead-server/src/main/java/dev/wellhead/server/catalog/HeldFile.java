package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.Sha256;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file as the catalog holds it.
///
/// @param entry what the source says of it; its `url` is the source's own, absolute
/// @param path where it is served, below `/files/`
/// @param firstSeen when it was first seen on the source's page
/// @param goneSince when it was missed on the source's page, or null while it is listed
public record HeldFile(
    FileEntry entry, String path, Instant firstSeen, @Nullable Instant goneSince) {

  /// What tells this file from another of the same name: its SHA-256, else where it lies.
  public String identity() {
    return identity(entry, path);
  }

  /// The digest that its bytes must have, where the source states one.
  public Optional<Sha256> sha256() {
    return entry.sha256();
  }

  static String identity(FileEntry entry, String path) {
    return entry.sha256().map(Sha256::hex).orElse("path:" + path);
  }
}
