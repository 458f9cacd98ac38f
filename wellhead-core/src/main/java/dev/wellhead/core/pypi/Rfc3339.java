package dev.wellhead.core.pypi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Upload times as pages write them: `2010-06-29T19:56:36.719942Z` (PEP 700).
final class Rfc3339 {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int MAX_LENGTH = 40;

  private Rfc3339() {}

  /// Whether `at` has a year of four digits.
  static boolean canWrite(Instant at) {
    return !at.isBefore(FIRST) && !at.isAfter(LAST);
  }

  /// The instant that `text` names, cut to microseconds, or empty where it names none: a time
  /// without an offset names none.
  static Optional<Instant> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      return canWrite(at) ? Optional.of(at) : Optional.empty();
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  /// `at` with always six digits of a second's fraction and `Z`.
  static String micros(Instant at) {
    StringBuilder out = new StringBuilder(27);
    seconds(out, at);
    digits(out.append('.'), at.get(ChronoField.MICRO_OF_SECOND), 100_000);
    return out.append('Z').toString();
  }

  /// `at` in whole seconds and without offset, as the legacy API's `upload_time` has it.
  static String seconds(Instant at) {
    StringBuilder out = new StringBuilder(19);
    seconds(out, at);
    return out.toString();
  }

  private static void seconds(StringBuilder out, Instant at) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
    digits(out, utc.getYear(), 1000);
    digits(out.append('-'), utc.getMonthValue(), 10);
    digits(out.append('-'), utc.getDayOfMonth(), 10);
    digits(out.append('T'), utc.getHour(), 10);
    digits(out.append(':'), utc.getMinute(), 10);
    digits(out.append(':'), utc.getSecond(), 10);
  }

  private static void digits(StringBuilder out, int number, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      out.append((char) ('0' + number / unit % 10));
    }
  }
}
