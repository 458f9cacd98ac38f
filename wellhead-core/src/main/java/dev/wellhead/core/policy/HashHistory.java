package dev.wellhead.core.policy;

import dev.wellhead.core.pypi.Sha256;
import java.time.Instant;

/// Whether the upstream has always said the same digest for a file's name.
public sealed interface HashHistory {
  record Same() implements HashHistory {}

  /// It said `earlier` before, and another one since then.
  record Changed(Sha256 earlier, Instant since) implements HashHistory {}
}
