package dev.wellhead.server.catalog;

import java.time.Instant;

/// Names that were reserved, by whoever runs this index.
///
/// @param reason in words, may be empty
public record Reservation(ReservedPattern pattern, String reason, Instant since) {
  /// Why a name has no page from elsewhere, as the end of a sentence about it.
  public String why() {
    return "is reserved for this index"
        + (pattern.isPrefix() ? " by " + pattern : "")
        + (reason.isEmpty() ? "" : ": " + reason);
  }
}
