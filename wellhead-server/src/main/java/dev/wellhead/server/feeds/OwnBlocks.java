package dev.wellhead.server.feeds;

import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.util.List;

/// What was blocked here by hand, to be told of beside the advisories.
@FunctionalInterface
public interface OwnBlocks {
  /// Nothing was.
  OwnBlocks NONE = List::of;

  /// A block.
  ///
  /// @param pattern `name` or `name==version`; what has any other form names no release, and is not
  ///   told of
  /// @param reason may be empty
  record OwnBlock(String pattern, String reason, Instant since) {}

  /// Every block in force.
  List<OwnBlock> all() throws DatabaseFault;
}
