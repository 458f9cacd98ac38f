package dev.wellhead.server.http;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where and how a server listens.
///
/// @param host name or address to bind
/// @param port 0 lets the system choose one
/// @param tls absent for plain HTTP
/// @param trustedProxies addresses or CIDR blocks whose `X-Forwarded-For`, `X-Forwarded-Proto`,
///   `Forwarded` and `X-Request-Id` are believed; of anybody else they are ignored
/// @param limits what clients may take
/// @param scratch a folder for large answers that are sent again and again; absent: they stay in
///   memory
/// @param accessLog a line for each request at INFO of the logger `access`
public record HttpSettings(
    String host,
    int port,
    @Nullable TlsFiles tls,
    List<String> trustedProxies,
    HttpLimits limits,
    @Nullable Path scratch,
    boolean accessLog) {
  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /// Plain HTTP on `host` and `port`, no proxy trusted, the usual limits, no access log.
  public static HttpSettings plain(String host, int port) {
    return new HttpSettings(host, port, null, List.of(), HttpLimits.usual(), null, false);
  }
}
