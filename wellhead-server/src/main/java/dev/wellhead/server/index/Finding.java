package dev.wellhead.server.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who answers for a name in a view.
sealed interface Finding {
  /// These do, mostly one.
  record Found(List<Part> parts) implements Finding {
    /// The names of the sources that are joined; empty where one answers alone.
    List<String> joined() {
      return parts.size() == 1
          ? List.of()
          : parts.stream().map(part -> part.shelf().source().name()).toList();
    }

    /// Since when a part could not be confirmed, or null where all were.
    @Nullable Instant staleSince() {
      for (Part part : parts) {
        if (part.standing() instanceof Standing.Stale stale) {
          return stale.since();
        }
      }
      return null;
    }
  }

  /// What one source has of it.
  ///
  /// @param standing `Current` or `Stale`
  record Part(Shelf shelf, long revision, Standing standing) {}

  /// Nobody else may, and nothing is hosted under it.
  ///
  /// @param why the end of a sentence about the name
  record Reserved(String why) implements Finding {}

  /// Nobody does, or it could not be found out.
  ///
  /// @param standing `Missing`, `Refused` or `Unreachable`
  /// @param source the one that said so
  record None(Standing standing, Source source) implements Finding {}
}
