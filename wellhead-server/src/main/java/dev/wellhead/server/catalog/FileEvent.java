package dev.wellhead.server.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happened to one file, or to all files of a project where `filename` is empty, so far as it
/// decides whether the file was there on some day.
///
/// @param identity that of [HeldFile#identity]
/// @param uploaded for [What#SEEN] the upload time that was stated then; what is stated later does
///   not change it
record FileEvent(
    String filename, String identity, Instant at, What what, @Nullable Instant uploaded) {
  enum What {
    SEEN,
    GONE,
    RETURNED
  }
}
