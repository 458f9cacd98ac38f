package dev.wellhead.server.upstream;

/// In which form an index is asked for its pages.
public enum PageFormat {
  /// JSON where it has that, else HTML: what comes is read as its content type says.
  AUTO(
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"),
  /// JSON and nothing else, for who wants to hear of it when an index stops giving sizes and times.
  JSON("application/vnd.pypi.simple.v1+json"),
  /// HTML and nothing else, for an index whose JSON is worse than its HTML.
  HTML("application/vnd.pypi.simple.v1+html, text/html;q=0.5");

  private final String accept;

  PageFormat(String accept) {
    this.accept = accept;
  }

  /// The header that asks so.
  String accept() {
    return accept;
  }
}
