package dev.wellhead.server.upstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of asking for the list of all names. The cases are those of [PageAnswer].
public sealed interface NamesAnswer {
  /// The list lies in the file that was named, unpacked and as JSON, so many bytes long; JSON from
  /// the index is not parsed yet.
  record Fresh(Validators validators, long length) implements NamesAnswer {}

  /// Still the known list. The file may have been written all the same, with the same list.
  record Unchanged(Validators validators) implements NamesAnswer {}

  record Absent(int status) implements NamesAnswer {}

  record Refused(String why) implements NamesAnswer {}

  record Unreachable(String why, @Nullable Instant retryAfter) implements NamesAnswer {}
}
