package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The parts of a backup, as they lie there: nothing of them is checked here.
sealed interface PartsIn extends AutoCloseable permits FolderIn, TarIn {
  /// A part, or empty where it is not there. One at a time.
  Optional<InputStream> open(String name) throws IOException;

  @Override
  void close() throws IOException;
}
