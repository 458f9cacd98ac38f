package dev.wellhead.server.blob;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/// A path that leads through a [FaultyFiles].
record FaultyPath(Path real, FileSystem files) implements Path {
  @Override
  public FileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return real.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapped(real.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapped(real.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapped(real.getParent());
  }

  @Override
  public int getNameCount() {
    return real.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return faulty(real.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return faulty(real.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return real.startsWith(bare(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return real.endsWith(bare(other));
  }

  @Override
  public Path normalize() {
    return faulty(real.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return faulty(real.resolve(bare(other)));
  }

  @Override
  public Path relativize(Path other) {
    return faulty(real.relativize(bare(other)));
  }

  @Override
  public URI toUri() {
    return real.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return faulty(real.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return faulty(real.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return real.register(watcher, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return real.compareTo(bare(other));
  }

  @Override
  public String toString() {
    return real.toString();
  }

  private Path faulty(Path path) {
    return new FaultyPath(path, files);
  }

  private @Nullable Path wrapped(@Nullable Path path) {
    return path == null ? null : faulty(path);
  }

  private static Path bare(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real() : path;
  }
}
