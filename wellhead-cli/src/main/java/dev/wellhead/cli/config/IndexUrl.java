package dev.wellhead.cli.config;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one index that clients are pointed at, and how URLs of others are shown.
record IndexUrl(String url) {
  private static final Pattern VIEW =
      Pattern.compile("[a-z0-9-]{1,40}(@[0-9]{4}-[0-9]{2}-[0-9]{2})?");
  private static final Pattern ANY_URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"'<>]*");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)^(\\s*[\\w.-]*(?:password|token|secret|username)[\\w.-]*\\s*[=:]\\s*).*$");

  /// The Simple API of a server's view; an empty view is the usual one.
  ///
  /// @throws RefusedException where `server` is no base URL of a server
  static IndexUrl of(String server, String view) throws RefusedException {
    if (!view.isEmpty() && !VIEW.matcher(view).matches()) {
      throw new RefusedException(
          "A view is named with lower-case letters, digits and hyphens, and may end in"
              + " @YYYY-MM-DD: give another --view.");
    }
    URI base;
    try {
      base = URI.create(server.endsWith("/") ? server : server + "/");
    } catch (IllegalArgumentException e) {
      throw new RefusedException(shown(server) + " is no URL: give the server's with --server.", e);
    }
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    if (base.getHost() == null || !scheme.matches("https?")) {
      throw new RefusedException(
          shown(server) + " is not an http or https URL: give the server's with --server.");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new RefusedException(
          "The server's URL goes into settings files, so that it must hold no user, password, query"
              + " or fragment: give "
              + shown(server)
              + " and keep credentials in a keyring.");
    }
    String text = base.toString();
    if (text.endsWith("/simple/")) {
      text = text.substring(0, text.length() - "simple/".length());
    }
    return new IndexUrl(text + (view.isEmpty() ? "" : view + "/") + "simple/");
  }

  /// Whether a client that is given `other` asks the same index.
  boolean isSame(String other) {
    return other.strip().replaceFirst("/+$", "").equals(url.replaceFirst("/+$", ""));
  }

  /// The host, for pip's list of hosts that may be asked without HTTPS; empty where none is needed.
  String plainHost() {
    URI uri = URI.create(url);
    String host = uri.getHost();
    boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return "http".equals(uri.getScheme()) && !local ? uri.getAuthority() : "";
  }

  /// What a person may see of a URL: scheme and host. User, password, path and query may each hold
  /// a secret.
  static String shown(String url) {
    int start = url.indexOf("://");
    if (start < 0) {
      return clean(url.contains("@") ? "a place with a user in it" : url.strip());
    }
    String rest = url.substring(start + 3);
    // A password may hold a slash that nobody encoded, so that the last @ counts.
    String host = rest.substring(rest.lastIndexOf('@') + 1).split("[/?#]", 2)[0];
    String credentials = rest.contains("@") ? " (with credentials in it)" : "";
    return clean(url.substring(0, start).strip() + "://" + host + "/…" + credentials);
  }

  /// A line of a settings file as a person may see it.
  String shownLine(String line) {
    Matcher secret = SECRET.matcher(line);
    if (secret.matches()) {
      return clean(secret.group(1) + "***");
    }
    return clean(
        ANY_URL
            .matcher(line)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    isSame(found.group()) ? found.group() : shown(found.group()))));
  }

  private static String clean(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
