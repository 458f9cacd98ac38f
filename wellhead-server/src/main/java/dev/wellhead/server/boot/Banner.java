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
            publicUrl == null ? "" : "  public URL  " + publicUrl + "\n",
            simple,
            trust(base),
            simple,
            simple);
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
