package dev.wellhead.server.feeds;

import java.time.Duration;
import java.util.regex.Pattern;

/// One feed.
///
/// @param from a path or a URL; empty where it is loaded by hand only
/// @param every how often it is asked for news; a feed that is loaded by hand is never asked
/// @param grace for how long after its last confirmation it still counts as current
public record FeedSettings(
    String name, FeedKind kind, String from, Duration every, Duration grace) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  public FeedSettings {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a feed's name: " + name);
    }
  }

  /// Whether a feed may be called this.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
