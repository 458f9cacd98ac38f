package dev.wellhead.server.firewall;

import java.time.Instant;

/// How often files were asked for within an hour that a rule had something against.
///
/// @param mode the rule's: `observe`, `warn` or `enforce`
/// @param verdict what became of them
public record StopHour(Instant start, String rule, String mode, String verdict, long asked) {
  /// Whether they were not served.
  public boolean isStopped() {
    return Decisions.stopping().contains(verdict);
  }
}
