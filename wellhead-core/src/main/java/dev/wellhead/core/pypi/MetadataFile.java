package dev.wellhead.core.pypi;

/// What a page says about the `.metadata` beside a file (PEP 658, PEP 714).
public sealed interface MetadataFile {
  /// The page says nothing; the `.metadata` may be there all the same.
  record Unstated() implements MetadataFile {}

  /// The page says that there is none.
  record Absent() implements MetadataFile {}

  /// There is one, its digest is not known.
  record Announced() implements MetadataFile {}

  /// There is one with this digest.
  record Hashed(Sha256 sha256) implements MetadataFile {}
}
