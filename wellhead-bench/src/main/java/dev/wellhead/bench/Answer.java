package dev.wellhead.bench;

import org.jspecify.annotations.Nullable;

/// One whole answer, as far as the load looks at it.
///
/// @param sha256 of the body as transferred; absent when this one was not hashed
record Answer(int status, long length, @Nullable String sha256) {

  /// One line that is equal for equal answers.
  String line() {
    return status + " " + length + " " + (sha256 == null ? "unhashed" : sha256);
  }
}
