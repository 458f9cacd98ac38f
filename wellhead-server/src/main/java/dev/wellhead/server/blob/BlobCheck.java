package dev.wellhead.server.blob;

import dev.wellhead.core.pypi.Sha256;

/// What reading a blob again and hashing it showed.
public sealed interface BlobCheck {
  /// Every byte is as it was when it was kept.
  record Sound(long length) implements BlobCheck {}

  /// There is no such blob.
  record Absent() implements BlobCheck {}

  /// The bytes under this name have another hash: the disk or somebody changed them.
  record Damaged(Sha256 actual, long length) implements BlobCheck {}
}
