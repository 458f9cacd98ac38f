package dev.wellhead.server.web;

import dev.wellhead.server.catalog.ReservedPattern;

/// The second step of taking a reservation back.
public record UnreserveStep(Shell shell, ReservedPattern pattern) {
  public Words words() {
    return shell.words();
  }
}
