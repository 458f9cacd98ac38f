package dev.wellhead.server.web;

import dev.wellhead.server.web.FirewallSource.PolicyShown;
import java.time.Instant;

/// The policy in force: its rules, how it came about, what it would have done.
public record PolicyPage(Shell shell, Instant now, PolicyShown policy) {
  public Words words() {
    return shell.words();
  }
}
