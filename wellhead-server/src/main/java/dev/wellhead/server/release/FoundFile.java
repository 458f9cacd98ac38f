package dev.wellhead.server.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A file as it was found in a folder.
///
/// @param path absolute
/// @param place for people: below the folder
/// @param stamp changes with its content, as far as can be told without reading it
record FoundFile(Path path, String place, long size, String stamp) {
  static FoundFile at(Path path, String place) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new FoundFile(
        path,
        place,
        attributes.size(),
        attributes.size()
            + " "
            + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
            + " "
            + Objects.toString(attributes.fileKey(), ""));
  }

  String filename() {
    return path.getFileName().toString();
  }

  /// Whether it is still what was found.
  boolean isUnchanged() throws IOException {
    return at(path, place).equals(this);
  }
}
