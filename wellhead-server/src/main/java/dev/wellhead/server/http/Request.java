package dev.wellhead.server.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request whose path, query and framing were checked before anybody sees it.
public final class Request {
  private final org.eclipse.jetty.server.Request jetty;
  private final String id;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> parameters;
  private final TrustedProxies proxies;
  private @Nullable Client client;

  Request(
      org.eclipse.jetty.server.Request jetty,
      String id,
      String path,
      Map<String, String> query,
      Map<String, String> parameters,
      TrustedProxies proxies) {
    this.jetty = jetty;
    this.id = id;
    this.path = path;
    this.query = query;
    this.parameters = parameters;
    this.proxies = proxies;
  }

  /// The id that the client gets in `X-Request-Id` and that log lines carry.
  public String id() {
    return id;
  }

  /// The method, as sent; HEAD stays HEAD.
  public String method() {
    return jetty.getMethod();
  }

  /// The decoded path: begins with `/`, has no empty, `.` or `..` segment, no control character, no
  /// backslash, and no slash that was sent encoded.
  public String path() {
    return path;
  }

  /// The path parameter of this name in the route's pattern, decoded; never empty.
  ///
  /// @throws IllegalArgumentException when the pattern has no such parameter
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /// The first value of this query parameter, decoded.
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// The first value of this header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(jetty.getHeaders().get(name));
  }

  /// All values of this header, one for each line sent, in order.
  public List<String> headers(String name) {
    return jetty.getHeaders().getValuesList(name);
  }

  /// The address of the client: the peer's, or what trusted proxies say of it.
  public String client() {
    return who().address();
  }

  /// Whether the client came by TLS, to us or to the trusted proxy in front of us.
  public boolean secure() {
    return who().secure();
  }

  /// Whether `If-None-Match` says that the client holds this entity tag (RFC 9110 section 13.1.2,
  /// weak comparison); then a GET or HEAD is answered with 304.
  public boolean holds(String etag) {
    return EntityTags.anyMatches(headers("If-None-Match"), etag);
  }

  /// The form in the body, read now; to be asked once. Bounded in fields and time as well.
  ///
  /// @param limit in bytes, at most [Form#LONGEST]
  public Form form(int limit) throws InterruptedException {
    if (limit < 1 || limit > Form.LONGEST) {
      throw new IllegalArgumentException("not a limit for a form: " + limit);
    }
    return FormBody.read(jetty, limit);
  }

  /// The body, whatever it is, read now; to be asked once. Bounded in time as well.
  ///
  /// @param limit in bytes, at most [Content#LONGEST]
  public Content content(int limit) throws InterruptedException {
    if (limit < 1 || limit > Content.LONGEST) {
      throw new IllegalArgumentException("not a limit for a body: " + limit);
    }
    return ContentBody.read(jetty, limit, "body");
  }

  /// Whether a page of this server sent the request, and no page of anybody else.
  ///
  /// Browsers say so themselves, in `Sec-Fetch-Site` where they can and else in `Origin` (RFC
  /// 6454), and no page can change either. A request that has neither came from no browser of
  /// today, and is not believed.
  ///
  /// @param publicUrl where clients reach this server
  public boolean isFromOwnPage(URI publicUrl) {
    String site = header("Sec-Fetch-Site").orElse("");
    if (!site.isEmpty()) {
      return site.equals("same-origin");
    }
    return header("Origin").map(origin -> origin.equals(origin(publicUrl))).orElse(false);
  }

  private static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    boolean usual = url.getPort() < 0 || url.getPort() == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + url.getPort());
  }

  private Client who() {
    Client known = client;
    if (known == null) {
      known = proxies.client(jetty);
      client = known;
    }
    return known;
  }
}
