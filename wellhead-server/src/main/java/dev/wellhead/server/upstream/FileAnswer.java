package dev.wellhead.server.upstream;

import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of asking for a file. The cases without words are those of [PageAnswer].
public sealed interface FileAnswer {
  /// The body as it arrives; must be closed. Closing it early ends the transfer at once.
  ///
  /// Reading blocks, so it belongs on a virtual thread; nothing is read ahead, so that memory stays
  /// flat whoever is slower. A body that stalls, crawls or breaks off ends in an `IOException`
  /// whose message is a sentence; the end of the stream means that as many bytes came as were
  /// announced. The bytes are the upstream's word alone until they are hashed.
  ///
  /// @param length in bytes, -1 where the upstream does not say
  record Open(InputStream body, long length) implements FileAnswer {}

  record Absent(int status) implements FileAnswer {}

  record Refused(String why) implements FileAnswer {}

  record Unreachable(String why, @Nullable Instant retryAfter) implements FileAnswer {}
}
