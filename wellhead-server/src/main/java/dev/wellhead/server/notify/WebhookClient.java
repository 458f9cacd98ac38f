package dev.wellhead.server.notify;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// An HTTP client that follows nothing, remembers nothing and unpacks nothing.
final class WebhookClient implements AutoCloseable {
  private static final int MAX_HEAD = 32 * 1024;
  private static final long MILLIS = 10_000;

  private final HttpClient http;

  private WebhookClient(HttpClient http) {
    this.http = http;
  }

  static WebhookClient start() {
    QueuedThreadPool threads = new QueuedThreadPool(8, 1);
    threads.setName("notify");
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
    http.setExecutor(threads);
    http.setConnectTimeout(MILLIS);
    http.setIdleTimeout(2 * MILLIS);
    http.setMaxResponseHeadersSize(MAX_HEAD);
    http.setFollowRedirects(false);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "wellhead"));
    http.setSocketAddressResolver((host, port, _, promise) ->
        // On a thread of its own, so that a name server that hangs holds none of the few.
        Thread.startVirtualThread(() -> resolve(host, port, promise)));
    try {
      http.start();
      // What Jetty would do with an answer on its own: follow, ask for a password, unpack.
      http.getProtocolHandlers().clear();
      http.getContentDecoderFactories().clear();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Jetty's start() declares no less
      throw new IllegalStateException("the HTTP client did not start", e);
    }
    return new WebhookClient(http);
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    try {
      http.stop();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // Jetty's stop() declares no less
      throw new IllegalStateException("the HTTP client did not stop", e);
    }
  }

  private static void resolve(String host, int port, Promise<List<InetSocketAddress>> promise) {
    try {
      List<InetSocketAddress> found = new ArrayList<>();
      for (InetAddress each : InetAddress.getAllByName(host)) {
        found.add(new InetSocketAddress(each, port));
      }
      promise.succeeded(found);
    } catch (UnknownHostException e) {
      promise.failed(e);
    }
  }
}
