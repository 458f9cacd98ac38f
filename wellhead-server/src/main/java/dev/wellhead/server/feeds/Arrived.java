package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.Affected;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/// A record on its way into the database.
final class Arrived {
  private final Advisory advisory;
  private final Digest digest;
  private final Instant listed;
  private final byte[] body;

  /// @param listed the time that the source's list of changes gives; the epoch where there is none
  /// @param json the record as OSV JSON
  Arrived(Advisory advisory, Digest digest, Instant listed, byte[] json) {
    this.advisory = advisory;
    this.digest = digest;
    this.listed = listed;
    this.body = Packed.pack(json);
  }

  Advisory advisory() {
    return advisory;
  }

  Digest digest() {
    return digest;
  }

  Instant listed() {
    return listed;
  }

  /// As it is kept.
  byte[] body() {
    return body;
  }

  Set<String> projects() {
    return advisory.affected().stream()
        .map(Affected::project)
        .map(project -> project.normalized())
        .collect(Collectors.toSet());
  }
}
