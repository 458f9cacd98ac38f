package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// Whether an address can be listened on, found out before anything else is begun.
final class ProbeTest {
  @Test
  void a_taken_port_is_refused_as_the_start_would_refuse_it() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> HttpServer.probe("127.0.0.1", taken.getLocalPort()))
          .isInstanceOf(HttpRefusedException.class)
          .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort() + " (")
          .hasMessageEndingWith("stop what uses it, or choose another host or port.");
    }
  }

  @Test
  void a_free_port_stays_free() {
    assertThatCode(
            () -> {
              HttpServer.probe("127.0.0.1", 0);
              HttpServer.probe("0.0.0.0", 0);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void an_address_of_another_machine_is_refused_with_what_to_write() {
    assertThatThrownBy(() -> HttpServer.probe("192.0.2.9", 0))
        .hasMessage(
            "Cannot listen on 192.0.2.9:0: this machine has no such address. Choose one of its own,"
                + " 127.0.0.1 for itself alone, or 0.0.0.0 for every address that it has.");
  }
}
