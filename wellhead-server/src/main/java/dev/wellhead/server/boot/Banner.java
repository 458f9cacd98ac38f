package dev.wellhead.server.boot;

import java.net.URI;
import java.util.stream.Collectors;

/// What a start prints: where the server is, what it stands in front of, and the lines that point
/// pip, uv and poetry at it.
final class Banner {
  private Banner() {}

  /// The text for a server that listens at `listening`.
  static String text(String version, Settings settings, URI listening) {
    URI publicUrl = settings.server().publicUrl();
    URI base = publicUrl == null ? listening : publicUrl;
    String simple = base + (base.toString().endsWith("/") ? "simple/" : "/simple/");
    return """
    Wellhead %s
      listens on  %s
      data in     %s
      upstream    %s
    %s
    Point your tools at it:
      pip     pip config set global.index-url %s
    %s  uv      export UV_DEFAULT_INDEX=%s
      poetry  poetry source add --priority=primary wellhead %s
    """
        .formatted(
            version,
            listening,
            settings.data(),
            upstream(settings.upstream()),
            publicUrl(settings.server()),
            simple,
            trust(base),
            simple,
            simple);
  }

  /// The first half of it on one line, for logs.
  static String line(String version, Settings settings, URI listening) {
    return "Wellhead %s listens on %s, data in %s, upstream %s"
        .formatted(version, listening, settings.data(), upstream(settings.upstream()));
  }

  /// What others than this machine need to know, where it is not in the settings.
  private static String publicUrl(Settings.Server server) {
    if (server.publicUrl() != null) {
      return "  public URL  " + server.publicUrl() + "\n";
    }
    boolean everywhere = server.host().equals("0.0.0.0") || server.host().equals("::");
    return everywhere
        ? "  public URL  not set: other machines need server.public_url, the URL that they use\n"
        : "";
  }

  private static String upstream(Settings.Upstream upstream) {
    String files =
        upstream.fileRoots().stream().map(URI::toString).collect(Collectors.joining(", "));
    return upstream.index() + (files.isEmpty() ? "" : " (files: " + files + ")");
  }

  /// pip refuses plain HTTP except on the machine itself.
  private static String trust(URI base) {
    String host = String.valueOf(base.getHost());
    boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    return "http".equals(base.getScheme()) && !local
        ? "          pip config set global.trusted-host " + host + "\n"
        : "";
  }
}
