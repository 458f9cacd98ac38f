package dev.wellhead.core.pypi;

/// How much of a page is read before it is refused, so that no upstream can fill the memory.
///
/// @param maxBytes the length of the whole body, after decompression
/// @param maxEntries files of a project page, versions of a project page, or names of the root list
/// @param maxNesting objects and arrays within one another
/// @param maxStringLength characters of one string, in keys and in values
public record PageLimits(long maxBytes, int maxEntries, int maxNesting, int maxStringLength) {
  private static final long MIB = 1024L * 1024;

  public PageLimits {
    if (maxBytes < 1 || maxEntries < 1 || maxNesting < 1 || maxStringLength < 1) {
      throw new IllegalArgumentException("limits of a page are at least 1");
    }
  }

  /// Limits for one project's page: the biggest known has some ten thousand files and a few MiB.
  public static PageLimits ofProject() {
    return new PageLimits(32 * MIB, 50_000, 32, 64 * 1024);
  }

  /// Limits for the list of all projects: the public index has fewer than a million, in 40 MiB.
  public static PageLimits ofNames() {
    return new PageLimits(256 * MIB, 5_000_000, 32, 64 * 1024);
  }

  /// These limits with another length of the body.
  public PageLimits withMaxBytes(long newMaxBytes) {
    return new PageLimits(newMaxBytes, maxEntries, maxNesting, maxStringLength);
  }
}
