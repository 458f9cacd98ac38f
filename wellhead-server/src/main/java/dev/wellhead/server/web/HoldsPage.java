package dev.wellhead.server.web;

import dev.wellhead.server.web.FirewallSource.Holds;
import java.time.Instant;

/// What waits for a decision.
///
/// @param isAdministrator whether the reader may decide
/// @param from how many are left out before
public record HoldsPage(Shell shell, Instant now, boolean isAdministrator, Holds holds, int from) {
  public Words words() {
    return shell.words();
  }

  public boolean hasMore() {
    return from + holds.shown().size() < holds.all();
  }

  /// The address of the next ones.
  public String next() {
    return "?from=" + (from + holds.shown().size());
  }

  /// What waits, in one line.
  public static String name(FirewallSource.About about) {
    return ReasonPage.name(about);
  }
}
