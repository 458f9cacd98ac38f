package dev.wellhead.server.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Scheme, host and port (RFC 6454): what credentials, circuits and connections belong to, and what
/// redirects and file URLs are measured by.
record Origin(String scheme, String host, int port) {
  /// Of an `http` or `https` URL without user information; empty for anything else.
  static Optional<Origin> of(URI url) {
    if (url.getScheme() == null || url.getHost() == null || url.getRawUserInfo() != null) {
      return Optional.empty();
    }
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.empty();
    }
    int port = url.getPort() < 0 ? defaultPort(scheme) : url.getPort();
    return Optional.of(new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port));
  }

  boolean isSecure() {
    return scheme.equals("https");
  }

  /// Host, and port unless it is the scheme's own.
  String authority() {
    return port == defaultPort(scheme) ? host : host + ":" + port;
  }

  @Override
  public String toString() {
    return scheme + "://" + authority();
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
