package dev.wellhead.core.archive;

/// The one folder at the top of a source distribution (source distribution format specification).
final class SdistTop {
  static final int LONGEST_PKG_INFO = WheelMetadata.LONGEST;

  private String folder = "";

  /// Takes the next path, without a trailing slash.
  ///
  /// @throws UnreadableArchiveException where it lies outside of the folder that the first one lay
  ///   in
  void take(String path) throws UnreadableArchiveException {
    int slash = path.indexOf('/');
    String top = slash < 0 ? path : path.substring(0, slash);
    if (folder.isEmpty()) {
      folder = top;
    } else if (!folder.equals(top)) {
      throw new UnreadableArchiveException(
          "a source distribution has one folder at its top, this one has "
              + ArchivePath.shown(folder)
              + " and "
              + ArchivePath.shown(top));
    }
  }

  boolean isPkgInfo(String path) {
    return path.equals(folder + "/PKG-INFO");
  }

  /// Whether `path` lies in the folder or is it.
  boolean holds(String path) {
    return path.equals(folder) || path.startsWith(folder + "/");
  }

  UnreadableArchiveException withoutPkgInfo() {
    return new UnreadableArchiveException(
        "it has no PKG-INFO in the folder at its top, which every source distribution has");
  }
}
