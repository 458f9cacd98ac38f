package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {
  private static final int LENGTH = 64 * 1024 * 1024;

  @Test
  void a_download_in_flight_ends_while_nobody_new_is_let_in(@TempDir Path folder) throws Exception {
    Path path = Files.write(folder.resolve("file"), new byte[LENGTH]);
    FileEntity entity = new FileEntity(path, LENGTH, "\"e\"", "application/octet-stream");
    Router.Builder routes =
        Router.builder().route("GET", "/file", request -> FileAnswer.of(request, entity, Map.of()));
    HttpServer server = Served.with(routes);
    int port = server.port();
    try (Wire wire = Wire.to(server)) {
      wire.send(Wire.request("GET", "/file"));
      assertThat(wire.in().read()).isEqualTo('H');
      Thread closing = Thread.ofVirtual().start(server::close);
      long read = 1;
      while (isListening(port)) {
        read += wire.in().readNBytes(1000).length;
      }
      assertThat(server.draining()).isTrue();
      read += wire.in().transferTo(OutputStream.nullOutputStream());
      assertThat(read).isBetween((long) LENGTH, LENGTH + 1000L);
      closing.join();
    } finally {
      server.close();
    }
  }

  @Test
  void draining_is_seen_before_anything_stops() throws Exception {
    HttpServer[] self = new HttpServer[1];
    Router.Builder routes =
        Router.builder()
            .memory(
                request -> Optional.of(Response.status(self[0].draining() ? 503 : 200).empty()));
    try (HttpServer server = Served.with(routes)) {
      self[0] = server;
      assertThat(Wire.get(server, "/readyz").status()).isEqualTo(200);
      server.drain();
      assertThat(Wire.get(server, "/readyz").status()).isEqualTo(503);
    }
  }

  @Test
  void what_does_not_end_within_the_grace_is_cut() throws Exception {
    HttpLimits hasty = new HttpLimits(50, 10, 8_192, Duration.ofSeconds(30), Duration.ofMillis(50));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Router.Builder routes =
        Router.builder()
            .route(
                "GET",
                "/stuck",
                request -> {
                  entered.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } finally {
                    interrupted.countDown();
                  }
                  return Served.text("never");
                });
    HttpServer server = Served.with(Served.plain(hasty), routes);
    try (Logged exchanges = Logged.of(Exchange.class.getName());
        Logged servers = Logged.of(HttpServer.class.getName());
        Wire wire = Wire.to(server)) {
      wire.send(Wire.request("GET", "/stuck"));
      entered.await();
      server.close();
      interrupted.await();
      assertThat(wire.readAll().status()).isNotEqualTo(200);
      assertThat(servers.events()).hasSize(1);
      assertThat(exchanges.events().size()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void closing_twice_is_harmless() throws Exception {
    HttpServer server = Served.with(Router.builder());
    int port = server.port();
    server.close();
    server.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static boolean isListening(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException refused) {
      return false;
    }
  }
}
