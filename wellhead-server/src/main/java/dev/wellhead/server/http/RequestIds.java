package dev.wellhead.server.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// Names requests: a start of 60 random bits for this process and a running number, so that naming
/// one costs nothing.
///
/// They tell requests apart in logs and protect nothing. The id a trusted proxy sends is kept, so
/// that one request has one name in the logs of both.
final class RequestIds {
  private static final String HEADER = "X-Request-Id";
  private static final int LIMIT = 64;

  private final String start;
  private final AtomicLong next = new AtomicLong(1);
  private final TrustedProxies proxies;

  RequestIds(RandomGenerator random, TrustedProxies proxies) {
    this.start = Long.toString(random.nextLong(1L << 60), 36) + "-";
    this.proxies = proxies;
  }

  /// The id of this request.
  String of(Request request) {
    String sent = request.getHeaders().get(HEADER);
    return sent != null && isSane(sent) && proxies.sent(request)
        ? sent
        : start + Long.toString(next.getAndIncrement(), 36);
  }

  /// The header that tells the client.
  static HttpField field(String id) {
    return new HttpField((HttpHeader) null, HEADER, id);
  }

  private static boolean isSane(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word && "-_.".indexOf(c) < 0) {
        return false;
      }
    }
    return !id.isEmpty() && id.length() <= LIMIT;
  }
}
