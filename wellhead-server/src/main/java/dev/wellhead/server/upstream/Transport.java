package dev.wellhead.server.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin.Address;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// Sends one request and waits for the head of its answer. Follows nothing, remembers no cookie,
/// unpacks nothing; those are decided elsewhere or not wanted.
final class Transport implements AutoCloseable {
  private static final int MAX_HEAD = 32 * 1024;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

  private final UpstreamSettings settings;
  private final Origin index;
  private final HttpClient client;
  private final LongSupplier ticker;
  private final Map<Origin, Connections> connections = new HashMap<>();

  private Transport(
      UpstreamSettings settings, Hosts hosts, HttpClient client, LongSupplier ticker) {
    this.settings = settings;
    this.index = hosts.index();
    this.client = client;
    this.ticker = ticker;
    for (Origin origin : hosts.all()) {
      connections.put(origin, new Connections(settings.sizes().connections()));
    }
  }

  static Transport start(UpstreamSettings settings, Hosts hosts, Surroundings surroundings)
      throws UpstreamRefusedException {
    TimeLimits times = settings.times();
    QueuedThreadPool threads = new QueuedThreadPool(16, 1);
    threads.setName("upstream");
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(Tls.of(settings.access()));
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    client.setConnectTimeout(times.connect().toMillis());
    client.setIdleTimeout(KEPT_IDLE.toMillis());
    client.setMaxConnectionsPerDestination(settings.sizes().connections());
    client.setMaxResponseHeadersSize(MAX_HEAD);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "wellhead"));
    client.setSocketAddressResolver((host, port, _, promise) ->
        // On a thread of its own, so that a name server that hangs is within our limits too.
        Thread.startVirtualThread(() -> resolve(surroundings.resolver(), host, port, promise)));
    addProxy(client, settings.access().proxy());
    try {
      client.start();
      // What Jetty would do with an answer on its own: follow, ask for a password, unpack.
      client.getProtocolHandlers().clear();
      client.getContentDecoderFactories().clear();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Jetty's start() declares no less
      throw new IllegalStateException("the HTTP client did not start", e);
    }
    return new Transport(settings, hosts, client, surroundings.ticker());
  }

  /// @param left how much time the whole question has left
  Reply send(Ask ask, Origin origin, Breaker.Call call, Duration left)
      throws NoAnswerException, InterruptedException {
    TimeLimits times = settings.times();
    Connections.Permit permit =
        connections(origin).acquire(ask.purpose(), shorter(times.queue(), left), origin);
    Arrival arrival = new Arrival();
    Request request = request(ask, origin);
    boolean handedOver = false;
    try {
      request.send(arrival);
      Reply reply = reply(ask, arrival, permit, call, left);
      handedOver = true;
      return reply;
    } finally {
      if (!handedOver) {
        var _ = request.abort(new ClosedChannelException());
        arrival.close();
        permit.release();
      }
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Jetty's stop() declares no less
      throw new IllegalStateException("the HTTP client did not stop", e);
    }
  }

  private Reply reply(
      Ask ask, Arrival arrival, Connections.Permit permit, Breaker.Call call, Duration left)
      throws NoAnswerException, InterruptedException {
    TimeLimits times = settings.times();
    String name = Words.url(ask.url());
    long before = ticker.getAsLong();
    Duration limit = shorter(times.connect().plus(times.firstByte()), left);
    Response head;
    try {
      head = arrival.head(limit);
    } catch (Arrival.FailedException e) {
      throw new NoAnswerException(name + " gave no answer: " + Failures.words(e.getCause()) + ".");
    }
    if (head == null) {
      throw new NoAnswerException(name + " gave no answer within " + Words.time(limit) + ".");
    }
    boolean isFile = ask.purpose() == Ask.Purpose.FILE;
    Duration total =
        isFile ? times.file() : left.minusNanos(Math.max(0, ticker.getAsLong() - before));
    Body.Limits limits = new Body.Limits(times.idle(), total, isFile ? times.slowest() : 0);
    long announced = head.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    Body body =
        new Body(
            name,
            announced,
            arrival,
            limits,
            ticker,
            broken -> {
              permit.release();
              if (broken == null) {
                call.completed();
              } else {
                call.failed(String.valueOf(broken.getMessage()));
              }
            });
    return new Reply(ask.url(), head, body);
  }

  private Request request(Ask ask, Origin origin) {
    Request request = client.newRequest(ask.url());
    ask.headers().forEach((name, value) -> request.headers(fields -> fields.put(name, value)));
    authorize(request, origin);
    // While an answer is under way its stalls are measured by who reads it, not by Jetty.
    return request.idleTimeout(settings.times().file().toMillis() + 1000, TimeUnit.MILLISECONDS);
  }

  private Connections connections(Origin origin) {
    Connections found = connections.get(origin);
    if (found == null) {
      throw new IllegalArgumentException("not a configured host: " + origin);
    }
    return found;
  }

  private void authorize(Request request, Origin origin) {
    if (!origin.equals(index)) {
      return;
    }
    switch (settings.access().credentials()) {
      case Credentials.None() -> {}
      case Credentials.Basic(String user, String password) ->
          request.headers(fields -> fields.put(HttpHeader.AUTHORIZATION, basic(user, password)));
      case Credentials.Bearer(String token) ->
          request.headers(fields -> fields.put(HttpHeader.AUTHORIZATION, "Bearer " + token));
    }
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static void addProxy(HttpClient client, Access.@Nullable Proxy proxy)
      throws UpstreamRefusedException {
    if (proxy == null) {
      return;
    }
    Origin at =
        Origin.of(proxy.url())
            .orElseThrow(() ->
                new UpstreamRefusedException(
                    "The URL in setting `upstream.proxy` is not of the form http://host:port/,"
                        + " without user and password."));
    HttpProxy hop = new HttpProxy(new Address(at.host(), at.port()), at.isSecure());
    client.getProxyConfiguration().addProxy(hop);
    switch (proxy.credentials()) {
      case Credentials.None() -> {}
      case Credentials.Basic(String user, String password) ->
          client
              .getAuthenticationStore()
              .addAuthenticationResult(
                  new BasicAuthentication.BasicResult(
                      hop.getURI(),
                      HttpHeader.PROXY_AUTHORIZATION,
                      user,
                      password,
                      StandardCharsets.UTF_8));
      case Credentials.Bearer _ ->
          throw new UpstreamRefusedException(
              "The outbound proxy (setting `upstream.proxy`) takes a user and a password only.");
    }
  }

  private static void resolve(
      AddressResolver resolver, String host, int port, Promise<List<InetSocketAddress>> promise) {
    List<InetSocketAddress> found = new ArrayList<>();
    try {
      for (InetAddress address : resolver.resolve(host)) {
        found.add(new InetSocketAddress(address, port));
      }
    } catch (UnknownHostException e) {
      promise.failed(e);
      return;
    }
    promise.succeeded(found);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
