package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/// A backup that is a folder.
record FolderIn(Path folder) implements PartsIn {
  @Override
  public Optional<InputStream> open(String name) throws IOException {
    Path part = folder.resolve(name);
    return Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Files.newInputStream(part, LinkOption.NOFOLLOW_LINKS))
        : Optional.empty();
  }

  @Override
  public void close() {}
}
