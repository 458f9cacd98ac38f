package dev.wellhead.server.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A receiver of webhooks on loopback that answers as it is told.
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile int status = 204;
  private volatile boolean isHanging;

  /// What came.
  record Got(String id, String seconds, String signature, String body) {}

  private Receiver(HttpServer server) {
    this.server = server;
  }

  static Receiver start() throws IOException {
    Receiver receiver =
        new Receiver(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    receiver.server.setExecutor(receiver.threads);
    receiver.server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          receiver.got.add(
              new Got(
                  text(exchange.getRequestHeaders().getFirst("webhook-id")),
                  text(exchange.getRequestHeaders().getFirst("webhook-timestamp")),
                  text(exchange.getRequestHeaders().getFirst("webhook-signature")),
                  new String(body, StandardCharsets.UTF_8)));
          receiver.hangIfTold();
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(receiver.status, -1);
          exchange.close();
        });
    receiver.server.start();
    return receiver;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/s3cret");
  }

  List<Got> got() {
    return List.copyOf(got);
  }

  void answer(int chosen) {
    status = chosen;
  }

  void hang() {
    isHanging = true;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }

  private void hangIfTold() {
    if (isHanging) {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header;
  }
}
