package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.OutputStream;

/// Where the parts of a backup go. Whoever closes it unfinished leaves nothing behind.
sealed interface PartsOut extends AutoCloseable permits FolderOut, TarOut {
  /// Begins a part, which ends when the stream is closed; one at a time.
  OutputStream begin(String name) throws IOException;

  /// Takes the part back that was ended last.
  void takeBack() throws IOException;

  /// Writes the last part and makes the whole durable: from then on it is a backup.
  void finish(String name, byte[] content) throws IOException;

  @Override
  void close() throws IOException;
}
