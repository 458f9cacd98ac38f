package dev.wellhead.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.fuzz.Seeds;
import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// Headers about the client, one on each line: `X-Forwarded-For` where it begins with a digit,
/// `X-Forwarded-Proto` where it begins with `h`, else `Forwarded`.
final class TrustedProxiesFuzzTest {
  private static final InetAddress PROXY = InetAddress.ofLiteral("10.1.2.3");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.7");
  private static final TrustedProxies PROXIES = proxies();

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  @Timeout(20)
  void a_client_is_an_address_and_nobody_but_a_trusted_proxy_is_believed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    HttpFields.Mutable headers = HttpFields.build();
    for (String line : new String(bytes, ISO_8859_1).split("\n", 20)) {
      headers.add(name(line), line);
    }
    Client client = PROXIES.client(PROXY, headers);
    assertThat(InetAddress.ofLiteral(client.address()).getHostAddress())
        .isEqualTo(client.address());
    assertThat(PROXIES.client(STRANGER, headers))
        .isEqualTo(new Client(STRANGER.getHostAddress(), false));
  }

  private static String name(String line) {
    if (line.startsWith("h")) {
      return "X-Forwarded-Proto";
    }
    return !line.isEmpty() && Character.isDigit(line.charAt(0)) ? "X-Forwarded-For" : "Forwarded";
  }

  private static TrustedProxies proxies() {
    try {
      return TrustedProxies.of(List.of("10.0.0.0/8", "2001:db8::/32"), false);
    } catch (HttpRefusedException e) {
      throw new IllegalStateException(e);
    }
  }
}
