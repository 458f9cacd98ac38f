package dev.wellhead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// An upstream index on loopback that speaks the Simple API in JSON (PEP 691) or, with
/// [Feature#HTML], in HTML over wheels in folders, bytes, or recorded pages, with as much or as
/// little as its features say, and misbehaves on demand. Recorded pages are JSON.
///
/// It has two origins, as PyPI has: one for pages and one for files, on two ports. Everything it is
/// asked is recorded. All methods may be called while it serves.
public final class FakeIndex implements AutoCloseable {
  /// The content type of a JSON page.
  public static final String JSON = "application/vnd.pypi.simple.v1+json";

  /// When a file was uploaded, unless something else is said.
  public static final Instant UPLOADED = Instant.parse("2024-02-03T04:05:06.789012Z");

  private static final long IDLE_MILLIS = 300_000;

  private final Server server;
  private final ServerConnector pages;
  private final ServerConnector files;
  private final Shelf shelf = new Shelf();
  private final List<FakeRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Planned> plans = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String scheme;

  private FakeIndex(Set<Feature> features, int port, @Nullable SSLContext tls, boolean clientAuth) {
    QueuedThreadPool threads = new QueuedThreadPool(200, 2);
    threads.setName("fake-index");
    threads.setDaemon(true);
    server = new Server(threads);
    scheme = tls == null ? "http" : "https";
    pages = connector(port, tls, clientAuth);
    files = connector(port == 0 ? 0 : port + 1, tls, clientAuth);
    server.addConnector(pages);
    server.addConnector(files);
    server.setHandler(
        new FakeIndexHandler(new Pages(shelf, features, this::url, this::filesUrl), this));
  }

  /// A rich index, as PyPI is, on free ports.
  public static FakeIndex start() {
    return start(Feature.PYPI);
  }

  /// An index that has just these features, on free ports.
  public static FakeIndex start(Set<Feature> features) {
    return start(features, 0);
  }

  /// The same with pages on `port` and files on the port after it.
  public static FakeIndex start(Set<Feature> features, int port) {
    return new FakeIndex(features, port, null, false).started();
  }

  /// The same over TLS.
  public static FakeIndex startTls(Set<Feature> features, SSLContext tls) {
    return new FakeIndex(features, 0, tls, false).started();
  }

  /// The same over TLS, for clients only whose certificate `tls` trusts.
  public static FakeIndex startMutualTls(Set<Feature> features, SSLContext tls) {
    return new FakeIndex(features, 0, tls, true).started();
  }

  /// Where the root list is, `http://127.0.0.1:PORT/simple/`.
  public URI url() {
    return URI.create(scheme + "://127.0.0.1:" + pages.getLocalPort() + "/simple/");
  }

  /// The files' origin, `http://127.0.0.1:PORT/`.
  public URI filesUrl() {
    return URI.create(scheme + "://127.0.0.1:" + files.getLocalPort() + "/");
  }

  /// Offers every wheel and sdist in a folder.
  public FakeIndex wheels(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{whl,tar.gz,zip}")) {
      for (Path path : found) {
        if (filename(path).indexOf('-') < 0) {
          continue; // no distribution
        }
        shelf.add(new FakeFile(filename(path), new OnDisk(path), UPLOADED));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Offers one file, uploaded at [#UPLOADED]; in place of one of the same name.
  public FakeIndex file(String filename, byte[] bytes) {
    return file(filename, bytes, UPLOADED);
  }

  /// Offers one file with its upload time, or with none.
  public FakeIndex file(String filename, byte[] bytes, @Nullable Instant uploadTime) {
    byte[] own = bytes.clone();
    shelf.add(new FakeFile(filename, new Answer.Bytes(own, 0, own.length), uploadTime));
    return this;
  }

  /// Offers a file of that many bytes which need no memory: all zero.
  public FakeIndex zeros(String filename, long size) {
    shelf.add(new FakeFile(filename, new Zeros(size), UPLOADED));
    return this;
  }

  /// Serves a recorded page as it is, but with the files' host in it replaced by our own.
  public FakeIndex recorded(String project, Path json) {
    try {
      shelf.record(project, Files.readString(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Gives every file that was offered so far, and later ones, its upload time by name.
  public FakeIndex uploadTimes(java.util.function.Function<String, @Nullable Instant> byName) {
    shelf.uploadTimes(byName);
    return this;
  }

  public FakeIndex yank(String filename, String reason) {
    shelf.yank(filename, reason);
    return this;
  }

  public FakeIndex requiresPython(String filename, String specifiers) {
    shelf.requiresPython(filename, specifiers);
    return this;
  }

  /// `archived`, `quarantined` or `deprecated` (PEP 792).
  public FakeIndex status(String project, String status) {
    shelf.status(project, status);
    return this;
  }

  /// Takes a file off its page and away.
  public FakeIndex remove(String filename) {
    shelf.remove(filename);
    return this;
  }

  /// The path of a project's page.
  public String pagePath(String project) {
    return "/simple/" + project + "/";
  }

  /// The path of a file on the files' origin.
  public String filePath(String filename) {
    return shelf.file(filename).path();
  }

  /// Where a file is, as its page says when it says it absolutely.
  public URI fileUrl(String filename) {
    return filesUrl().resolve(filePath(filename));
  }

  /// Lower-case hex of what the file should hash to.
  public String sha256(String filename) {
    return shelf.file(filename).hash();
  }

  /// Misbehaves so on every request to `path` (a path, or its beginning and `*`) until [#heal].
  public FakeIndex trouble(String path, Trouble trouble) {
    return trouble(path, Integer.MAX_VALUE, trouble);
  }

  /// Misbehaves so on the next `times` requests to `path`. Plans are used up in the order given.
  public FakeIndex trouble(String path, int times, Trouble trouble) {
    plans.add(new Planned(path, new AtomicInteger(times), trouble));
    return this;
  }

  /// Ends all troubles.
  public void heal() {
    plans.clear();
  }

  /// Everything that was asked so far, in order of arrival.
  public List<FakeRequest> requests() {
    return List.copyOf(requests);
  }

  /// How often a path was asked for, with any method.
  public long count(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).count();
  }

  /// Forgets the requests so far.
  public void forget() {
    requests.clear();
  }

  /// Refuses connections on both ports until [#listen].
  public void refuse() {
    try {
      pages.stop();
      files.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop listening", e);
    }
  }

  /// Listens again on the ports of before.
  public void listen() {
    try {
      pages.start();
      files.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not listen again", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }

  void record(FakeRequest request) {
    requests.add(request);
  }

  /// The trouble that is due for a path, used up by one.
  @Nullable Trouble due(String path) {
    for (Planned plan : plans) {
      if (plan.matches(path) && plan.left.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
        return plan.trouble;
      }
    }
    return null;
  }

  CountDownLatch closed() {
    return closed;
  }

  private FakeIndex started() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the fake index did not start", e);
    }
    pages.setPort(pages.getLocalPort());
    files.setPort(files.getLocalPort());
    return this;
  }

  private ServerConnector connector(int port, @Nullable SSLContext tls, boolean clientAuth) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, 1, 1, plain);
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      SslContextFactory.Server keys = new SslContextFactory.Server();
      keys.setSslContext(tls);
      keys.setNeedClientAuth(clientAuth);
      connector =
          new ServerConnector(server, 1, 1, new SslConnectionFactory(keys, "http/1.1"), plain);
    }
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private static String filename(Path path) {
    Path name = path.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("no file: " + path);
    }
    return name.toString();
  }

  private record Planned(String path, AtomicInteger left, Trouble trouble) {
    boolean matches(String asked) {
      return path.endsWith("*")
          ? asked.startsWith(path.substring(0, path.length() - 1))
          : asked.equals(path);
    }
  }

  private record OnDisk(Path path) implements FakeFile.Source {
    @Override
    public long size() {
      try {
        return Files.size(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }
  }

  private record Zeros(long size) implements FakeFile.Source {
    @Override
    public InputStream open() {
      return new InputStream() {
        private long left = size;

        @Override
        public int read() {
          return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
          if (left <= 0) {
            return -1;
          }
          int read = (int) Math.min(length, left);
          Arrays.fill(into, offset, offset + read, (byte) 0);
          left -= read;
          return read;
        }

        @Override
        public long skip(long bytes) {
          long skipped = Math.clamp(bytes, 0, left);
          left -= skipped;
          return skipped;
        }
      };
    }
  }
}
