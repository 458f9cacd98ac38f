package dev.wellhead.server.notify;

import java.util.Locale;

/// How much an alarm matters, in rising order.
public enum Severity {
  /// Worth knowing; nothing has to be done.
  INFO,
  /// Something is not as it should be, and gets worse when nobody looks.
  WARNING,
  /// Somebody has to look now.
  CRITICAL;

  /// The word for it in metrics, messages to programs and on the command line.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As the tables have it.
  int rank() {
    return switch (this) {
      case INFO -> 0;
      case WARNING -> 1;
      case CRITICAL -> 2;
    };
  }

  static Severity ofRank(int rank) {
    return switch (rank) {
      case 0 -> INFO;
      case 1 -> WARNING;
      default -> CRITICAL;
    };
  }
}
