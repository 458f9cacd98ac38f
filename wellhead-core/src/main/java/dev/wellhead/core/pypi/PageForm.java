package dev.wellhead.core.pypi;

/// The forms in which the Simple API speaks (PEP 691).
public enum PageForm {
  /// JSON, the one form that has size, upload time and versions.
  JSON("application/vnd.pypi.simple.v1+json"),
  /// HTML under its versioned name.
  HTML_V1("application/vnd.pypi.simple.v1+html"),
  /// The same HTML under the name that browsers and old installers know.
  TEXT_HTML("text/html");

  private final String contentType;

  PageForm(String contentType) {
    this.contentType = contentType;
  }

  /// The concrete content type of an answer in this form, never `latest`. Pages are UTF-8 and say
  /// so themselves.
  public String contentType() {
    return contentType;
  }
}
