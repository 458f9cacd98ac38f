package dev.wellhead.server.notify;

import java.time.Instant;
import java.util.Locale;

/// Something about an alarm that destinations are told of, as it was when it happened.
///
/// @param id grows with each event
/// @param alarm the alarm's own number
record AlarmEvent(
    long id,
    long alarm,
    Kind kind,
    Instant at,
    String key,
    Severity severity,
    String subject,
    String sentence,
    String owner) {

  /// What receivers know it by: the same each time that it is sent, and another one where a new
  /// database counts from the beginning again.
  String name() {
    return "alarm-" + id + "-" + at.toEpochMilli();
  }

  enum Kind {
    RAISED,
    WORSE,
    RESOLVED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
