package dev.wellhead.server.web;

import dev.wellhead.server.web.FirewallSource.Feed;
import dev.wellhead.server.web.FirewallSource.FeedStanding;
import java.time.Instant;
import java.util.List;

/// Where the firewall learns from.
public record FeedsPage(Shell shell, Instant now, List<Feed> feeds) {
  public FeedsPage {
    feeds = List.copyOf(feeds);
  }

  public Words words() {
    return shell.words();
  }

  /// How a standing is marked beside its word.
  public static String mark(FeedStanding standing) {
    return switch (standing) {
      case CURRENT -> "tag good";
      case QUIET -> "tag warn";
      case NOT_CONFIGURED -> "tag bad";
    };
  }
}
