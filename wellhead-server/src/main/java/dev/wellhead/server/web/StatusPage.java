package dev.wellhead.server.web;

import java.time.Duration;

/// How the server stands, in numbers for people.
public record StatusPage(Shell shell, Status status, Live live) {
  public Words words() {
    return shell.words();
  }

  /// For how long the server has been up.
  public Duration up() {
    return Duration.between(status.since(), status.now());
  }
}
