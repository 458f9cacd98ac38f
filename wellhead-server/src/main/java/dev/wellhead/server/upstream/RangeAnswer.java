package dev.wellhead.server.upstream;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of asking for a stretch of a file. The cases without words are those of [PageAnswer].
public sealed interface RangeAnswer {
  /// The bytes from `from` on (read-only, from position 0), of a file of `total` bytes.
  record Part(ByteBuffer bytes, long from, long total) implements RangeAnswer {}

  /// The host sends whole files only. Nothing of it was read.
  record NoRanges() implements RangeAnswer {}

  record Absent(int status) implements RangeAnswer {}

  record Refused(String why) implements RangeAnswer {}

  record Unreachable(String why, @Nullable Instant retryAfter) implements RangeAnswer {}
}
