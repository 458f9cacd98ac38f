package dev.wellhead.server.boot;

import dev.wellhead.server.db.Seam;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Where a test reaches between the rooms and what they stand on, so that any effect can fail.
///
/// @param database around the database of all rooms but `fetches`
/// @param fetches around that of `fetches`
/// @param blobs makes of the folder of blobs the path through which it is used
record Seams(Seam database, Seam fetches, UnaryOperator<Path> blobs) {
  /// What the program itself runs with: nothing in between.
  static final Seams NONE = new Seams(Seam.NONE, Seam.NONE, UnaryOperator.identity());
}
