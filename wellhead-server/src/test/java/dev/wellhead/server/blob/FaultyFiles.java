package dev.wellhead.server.blob;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A file system over a real folder, in which effects fail: the k-th one, before or after it took
/// hold. Effects are what changes the disk: make a folder, open, write, sync, move, delete. Any
/// thread may cause them.
public final class FaultyFiles {
  private final Provider provider = new Provider();
  private final Files files = new Files();

  // All five are guarded by this.
  private final List<String> effects = new ArrayList<>();
  private int failing = -1;
  private boolean tookHold;
  private String held = "";
  private @Nullable CountDownLatch until;

  /// The folder as seen through this file system.
  public Path over(Path real) {
    return new FaultyPath(real, files);
  }

  /// The effects so far, in words.
  public synchronized List<String> effects() {
    return List.copyOf(effects);
  }

  /// Counts from here on, and lets the effect with this number fail; none when it is negative.
  public synchronized void fail(int number, boolean afterItTookHold) {
    effects.clear();
    failing = number;
    tookHold = afterItTookHold;
  }

  /// Lets each effect of this name wait, once it took hold, until the latch opens.
  public synchronized void hold(String name, CountDownLatch opens) {
    held = name;
    until = opens;
  }

  interface Effect<T extends @Nullable Object> {
    T run() throws IOException;
  }

  <T extends @Nullable Object> T effect(String name, Effect<T> effect) throws IOException {
    Fate fate = next(name);
    if (fate == Fate.FAILS) {
      throw new IOException("No space left on device");
    }
    T result = effect.run();
    awaitRelease(name);
    if (fate == Fate.FAILS_AFTERWARDS) {
      if (result instanceof Closeable open) {
        open.close();
      }
      throw new IOException("Input/output error");
    }
    return result;
  }

  private enum Fate {
    SUCCEEDS,
    FAILS,
    FAILS_AFTERWARDS
  }

  private void awaitRelease(String name) throws IOException {
    CountDownLatch opens;
    synchronized (this) {
      opens = name.equals(held) ? until : null;
    }
    if (opens != null) {
      try {
        opens.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private synchronized Fate next(String name) {
    boolean fails = effects.size() == failing;
    effects.add(name);
    if (!fails) {
      return Fate.SUCCEEDS;
    }
    return tookHold ? Fate.FAILS_AFTERWARDS : Fate.FAILS;
  }

  private static Path real(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real() : path;
  }

  private static FileSystemProvider realProvider(Path path) {
    return real(path).getFileSystem().provider();
  }

  private final class Files extends FileSystem {
    private final FileSystem real = Path.of("").getFileSystem();

    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return over(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      return path -> real.getPathMatcher(pattern).matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return real.newWatchService();
    }
  }

  private final class Provider extends FileSystemProvider {
    @Override
    public String getScheme() {
      return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
      throw new UnsupportedOperationException("newFileSystem");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return files;
    }

    @Override
    public Path getPath(URI uri) {
      return over(Path.of(uri));
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return effect(
          "open",
          () ->
              new FaultyChannel(
                  FaultyFiles.this,
                  realProvider(path).newFileChannel(real(path), options, attributes)));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
      DirectoryStream<Path> real =
          realProvider(folder).newDirectoryStream(real(folder), path -> filter.accept(over(path)));
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          Iterator<Path> paths = real.iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return paths.hasNext();
            }

            @Override
            public Path next() {
              return over(paths.next());
            }
          };
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
      FaultyFiles.this.<@Nullable Object>effect(
          "make",
          () -> {
            realProvider(folder).createDirectory(real(folder), attributes);
            return null;
          });
    }

    @Override
    public void delete(Path path) throws IOException {
      FaultyFiles.this.<@Nullable Object>effect(
          "delete",
          () -> {
            realProvider(path).delete(real(path));
            return null;
          });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
      throw new UnsupportedOperationException("copy");
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
      FaultyFiles.this.<@Nullable Object>effect(
          "move",
          () -> {
            realProvider(source).move(real(source), real(target), options);
            return null;
          });
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
      return realProvider(path).isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return realProvider(path).isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return realProvider(path).getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      realProvider(path).checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return realProvider(path).getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      return realProvider(path).readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
        throws IOException {
      return realProvider(path).readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
        throws IOException {
      realProvider(path).setAttribute(real(path), attribute, value, options);
    }
  }
}
