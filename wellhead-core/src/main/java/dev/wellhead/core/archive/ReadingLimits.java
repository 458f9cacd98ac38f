package dev.wellhead.core.archive;

/// How much a distribution file may hold before it is read no further.
///
/// @param entries files, folders and links
/// @param depth folders above a file
/// @param unpacked bytes of all files together, unpacked
/// @param ratio how many times larger than the archive they may be, once they pass 64 MiB: real
///   distributions stay below 50, a bomb of one deflate layer reaches 1,000
public record ReadingLimits(int entries, int depth, long unpacked, int ratio) {
  /// What the largest real distributions need, and some more.
  public static final ReadingLimits USUAL = new ReadingLimits(200_000, 64, 16L << 30, 100);

  private static final long RATIO_FROM = 64L << 20;

  public ReadingLimits {
    if (entries < 1 || depth < 1 || unpacked < 1 || ratio < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /// Refuses `bytes` unpacked out of an archive of `packed` bytes where that is too much.
  void check(long bytes, long packed) throws UnreadableArchiveException {
    if (bytes < 0 || bytes > unpacked) {
      throw new UnreadableArchiveException(
          "unpacked it is larger than " + unpacked + " bytes, which is not read any further");
    }
    if (bytes > RATIO_FROM && bytes / ratio > packed) {
      throw new UnreadableArchiveException(
          "unpacked it is more than " + ratio + " times as large as the file, as a bomb is");
    }
  }

  void checkCount(int count) throws UnreadableArchiveException {
    if (count > entries) {
      throw new UnreadableArchiveException(
          "it has more than " + entries + " entries, which are not read any further");
    }
  }
}
