package dev.wellhead.core.osv;

/// What came of reading a record.
public sealed interface OsvRead {
  /// It was read; it may be about no project of PyPI, then `advisory.affected()` is empty.
  record Parsed(Advisory advisory) implements OsvRead {}

  /// It cannot be used; a sentence for whoever looks after the feed.
  record Broken(String why) implements OsvRead {}
}
