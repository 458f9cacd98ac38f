package dev.wellhead.server.boot;

/// A password or a token: text that no log line, no error sentence and no debugger prints by
/// accident.
final class Secret {
  private final String text;

  Secret(String text) {
    this.text = text;
  }

  /// The text itself, for the one place that has to send it.
  String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  /// Always the same four stars: not even the length is told.
  @Override
  public String toString() {
    return "****";
  }
}
