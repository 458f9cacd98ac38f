package dev.wellhead.server.feeds;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a feed holds, and in which form it comes.
public enum FeedKind {
  /// Advisories as OSV JSON: a zip, a folder, one record, or the URL of a zip with OSV's list of
  /// changes beside it.
  OSV,
  /// Advisories as OSV-shaped YAML: a folder, a zip or a `.tar.gz`.
  PYPA,
  /// Vulnerabilities that are known to be exploited: CISA's JSON, or one CVE a line.
  KEV,
  /// Popular projects, the most popular first: CSV with a `project` column, or one name a line.
  POPULAR,
  /// Blocks: a line each, `name`, `name==version` or `sha256:...`, with a reason behind it.
  BLOCKLIST;

  /// Whether it holds advisories; else it is a list.
  public boolean isAdvisories() {
    return this == OSV || this == PYPA;
  }

  /// For how long after its last confirmation such a feed counts as current, where nobody says.
  public Duration usualGrace() {
    return switch (this) {
      case OSV, PYPA, KEV -> Duration.ofDays(3);
      case POPULAR, BLOCKLIST -> Duration.ofDays(400);
    };
  }

  /// As people write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind that people call `word`.
  public static Optional<FeedKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
