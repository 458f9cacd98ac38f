package dev.wellhead.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening server; closing it lets the requests in flight end.
///
/// A few platform threads read all connections and answer what memory can; handlers run on virtual
/// threads. HTTP/1.1 is spoken everywhere, HTTP/2 where TLS agrees on it (ALPN).
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final Server server;
  private final ServerConnector connector;
  private volatile int port;
  private final HttpSettings settings;
  private final Edge edge;
  private final ExecutorService threads;
  private volatile boolean draining;

  private HttpServer(
      Server server,
      ServerConnector connector,
      HttpSettings settings,
      Edge edge,
      ExecutorService threads) {
    this.server = server;
    this.connector = connector;
    this.settings = settings;
    this.edge = edge;
    this.threads = threads;
  }

  /// Listens as `settings` ask.
  ///
  /// @param ticker nanoseconds of a clock that never goes back
  /// @param random where the request ids of this server start; asked once, before this returns
  /// @throws HttpRefusedException when the port is taken, the host unknown, or a key pair or proxy
  ///   block unusable
  public static HttpServer start(
      HttpSettings settings,
      Router router,
      MeterRegistry metrics,
      LongSupplier ticker,
      RandomGenerator random)
      throws HttpRefusedException {
    TlsFiles files = settings.tls();
    TrustedProxies proxies = TrustedProxies.of(settings.trustedProxies(), files != null);
    RequestIds ids = new RequestIds(random, proxies);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    TlsKeys keys = files == null ? null : TlsKeys.load(files, threads, ticker);
    Runnable glance = keys == null ? () -> {} : keys::glance;

    Server server = new Server(selectorThreads());
    MappedFiles mapped = new MappedFiles(ticker);
    Scratch scratch = new Scratch(settings.scratch(), mapped.regions());
    ServerConnector connector = connector(server, settings, keys, mapped.regions());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
    InFlight inFlight = new InFlight();
    Traffic traffic =
        new Traffic(metrics, inFlight::count, () -> connector.getConnectedEndPoints().size());
    Edge edge =
        new Edge(proxies, ids, traffic, inFlight, ticker, mapped, scratch, settings.accessLog());
    server.setErrorHandler(new ProblemErrors(edge));
    server.setHandler(new Front(router, edge, threads, settings.limits().handlers(), glance));
    HttpServer started = new HttpServer(server, connector, settings, edge, threads);
    started.listen();
    return started;
  }

  /// Finds out whether the address can be listened on, and leaves it free.
  ///
  /// @throws HttpRefusedException where it cannot, as [#start] would
  public static void probe(String host, int port) throws HttpRefusedException {
    try (ServerSocketChannel socket = ServerSocketChannel.open()) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true); // as Jetty does
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException | UnresolvedAddressException refused) {
      throw new HttpRefusedException(sentence(host, port, refused), refused);
    }
  }

  /// The port that is listened on, also after the end.
  public int port() {
    return port;
  }

  /// Where a client on this machine reaches the server.
  public URI url() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]")) {
      host = "127.0.0.1";
    }
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      host = "[" + host + "]";
    }
    return URI.create(
        (settings.tls() == null ? "http://" : "https://") + host + ":" + port() + "/");
  }

  /// Whether the server is on its way out: `/readyz` should say no.
  public boolean draining() {
    return draining;
  }

  /// Makes [#draining()] true and changes nothing else, so that a balancer may notice before
  /// [#close()].
  public void drain() {
    draining = true;
  }

  /// Stops listening, waits for requests in flight up to the grace of the settings, then cuts what
  /// is left.
  @Override
  public void close() {
    drain();
    // Jetty would cut connections that are quiet for a second from now on; a slow download may well
    // be.
    connector.setShutdownIdleTimeout(settings.limits().idle().toMillis());
    var _ = connector.shutdown();
    try {
      if (!edge.inFlight().awaitNone(settings.limits().grace())) {
        LOG.warn("{} requests did not end in time and are cut.", edge.inFlight().count());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private void listen() throws HttpRefusedException {
    try {
      connector.open();
      port = connector.getLocalPort();
      server.start();
    } catch (Exception refused) {
      stop();
      throw new HttpRefusedException(sentence(settings.host(), settings.port(), refused), refused);
    }
  }

  private static String sentence(String host, int port, Exception refused) {
    String where = host + ":" + port;
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "The host " + host + " is not known: choose a name or address of this machine.";
      }
      if (cause instanceof BindException && !isOwn(host)) {
        return "Cannot listen on "
            + where
            + ": this machine has no such address. Choose one of its own, 127.0.0.1 for itself"
            + " alone, or 0.0.0.0 for every address that it has.";
      }
      if (cause instanceof BindException) {
        return "Cannot listen on "
            + where
            + " ("
            + cause.getMessage()
            + "): stop what uses it, or choose another host or port.";
      }
    }
    return "Cannot listen on " + where + ": " + refused.getMessage();
  }

  /// Whether the machine has this address; also where that cannot be found out.
  private static boolean isOwn(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return true;
    }
  }

  private void stop() {
    threads.shutdownNow();
    try {
      server.stop();
    } catch (Exception unclean) {
      LOG.warn("The server did not stop cleanly.", unclean);
    }
    edge.mapped().clear();
  }

  private static QueuedThreadPool selectorThreads() {
    QueuedThreadPool pool = new QueuedThreadPool(selectors() + 24, selectors() + 3);
    pool.setName("http");
    pool.setIdleTimeout((int) Duration.ofSeconds(20).toMillis());
    pool.setReservedThreads(2);
    return pool;
  }

  /// Half the processors: more selectors find fewer connections ready at a time and wake up more
  /// often, which costs more than it brings.
  private static int selectors() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
  }

  private static ServerConnector connector(
      Server server, HttpSettings settings, @Nullable TlsKeys keys, FileRegions regions) {
    HttpConfiguration http = configuration(settings.limits());
    HttpConnectionFactory one = new HttpConnectionFactory(http);
    ConnectionFactory[] factories = {one};
    if (keys != null) {
      HTTP2ServerConnectionFactory two = new HTTP2ServerConnectionFactory(http);
      ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
      alpn.setDefaultProtocol(one.getProtocol());
      SslConnectionFactory tls = new SslConnectionFactory(keys.ssl(), alpn.getProtocol());
      factories = new ConnectionFactory[] {tls, alpn, two, one};
    }
    ServerConnector connector =
        new ServerConnector(server, 1, selectors(), factories) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            PlainEndPoint endPoint =
                new PlainEndPoint(channel, selector, key, getScheduler(), regions);
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
          }
        };
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(1024);
    connector.setIdleTimeout(settings.limits().idle().toMillis());
    if (keys != null) {
      connector.addBean(
          new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
              keys.glance();
            }
          });
    }
    return connector;
  }

  /// Sizes are chosen for thousands of connections that wait: nothing that a connection keeps
  /// between requests is larger than it needs to be. Paths are judged by [RequestPath] alone, so
  /// that there is one set of rules.
  private static HttpConfiguration configuration(HttpLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setHeaderCacheSize(0);
    http.setOutputBufferSize(32 * 1024);
    http.setUriCompliance(UriCompliance.UNSAFE);
    // Jetty adds one by itself that refuses a `Host` the certificate lacks; nothing here is decided
    // by `Host`.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return http;
  }
}
