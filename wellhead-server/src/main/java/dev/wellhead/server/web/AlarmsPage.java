package dev.wellhead.server.web;

import dev.wellhead.server.notify.DestinationState;
import dev.wellhead.server.notify.Raised;
import dev.wellhead.server.notify.Severity;
import java.time.Instant;
import java.util.List;

/// What people should know, who knows it already, and whether word of it gets out.
///
/// @param isAdministrator whether the reader may acknowledge
public record AlarmsPage(
    Shell shell,
    Instant now,
    boolean isAdministrator,
    List<Part> parts,
    List<DestinationState> destinations) {
  public AlarmsPage {
    parts = List.copyOf(parts);
    destinations = List.copyOf(destinations);
  }

  /// The alarms of one standing, some of them.
  ///
  /// @param from how many are left out before
  /// @param all how many there are
  public record Part(Raised.Standing standing, List<Raised> shown, int from, long all) {
    public Part {
      shown = List.copyOf(shown);
    }

    /// `open`, `acknowledged` or `resolved`.
    public String word() {
      return switch (standing) {
        case OPEN -> "open";
        case ACKNOWLEDGED -> "acknowledged";
        case RESOLVED -> "resolved";
      };
    }

    public boolean hasMore() {
      return from + shown.size() < all;
    }

    /// The address of the next ones.
    public String next() {
      return "?standing=" + word() + "&from=" + (from + shown.size());
    }
  }

  public Words words() {
    return shell.words();
  }

  /// How a severity is marked beside its word.
  public static String mark(Severity severity) {
    return switch (severity) {
      case INFO -> "tag";
      case WARNING -> "tag warn";
      case CRITICAL -> "tag bad";
    };
  }
}
