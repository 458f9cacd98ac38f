package dev.wellhead.core.archive;

/// An entry of a tar file.
///
/// @param path as it is in the archive
/// @param size of the content, in bytes
/// @param target where a link leads, else empty
record TarEntry(Kind kind, String path, long size, String target) {
  enum Kind {
    FILE,
    FOLDER,
    SYMBOLIC_LINK,
    HARD_LINK
  }
}
