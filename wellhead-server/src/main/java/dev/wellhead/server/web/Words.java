package dev.wellhead.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a page says, in one language: texts by key, and numbers, sizes and times as people read
/// them.
public final class Words {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");
  private static final List<ChronoUnit> SPANS =
      List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

  private final Language language;
  private final Map<String, String> texts;

  Words(Language language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  /// The tag of the language, for `lang` attributes.
  public String tag() {
    return language.tag();
  }

  Language language() {
    return language;
  }

  /// The text of `key`, with `{0}` and so on replaced by the values.
  public String say(String key, Object... values) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no text for " + key);
    }
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /// Whether there is a text for `key`.
  public boolean knows(String key) {
    return texts.containsKey(key);
  }

  /// What an event did, or its own word where there is no text for it.
  public String event(String kind) {
    return knows("event." + kind) ? say("event." + kind) : kind;
  }

  /// The word for one of ours: `fate.cannot-tell` for `CANNOT_TELL` of the fates.
  public String word(String list, Enum<?> one) {
    return say(list + "." + one.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /// What a rule is called, or its own id where it is one that people wrote.
  public String rule(String id) {
    return knows("rule." + id) ? say("rule." + id) : id;
  }

  /// What a rule asks, in a sentence.
  public String ruleAbout(String id) {
    return say(knows("rule." + id + ".about") ? "rule." + id + ".about" : "rule.custom.about");
  }

  /// The text of `key` for so many things: `key.one` for one, with `{0}` as the number.
  public String count(String key, long number) {
    return say(number == 1 ? key + ".one" : key, number(number));
  }

  /// A number with its thousands apart.
  public String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A share of one as percent, or a dash where there is none.
  public String percent(double share) {
    if (Double.isNaN(share)) {
      return "–";
    }
    double percent = 100 * share;
    boolean whole = percent >= 99.95 || percent < 0.05 || percent == Math.rint(percent);
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
  }

  /// A number of bytes in the unit that leaves one to four digits.
  public String size(long bytes) {
    if (bytes < 1024) {
      return say("size.bytes", bytes);
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1023.5 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS.get(unit));
  }

  /// A size, or a dash where it is not known.
  public String sizeOf(@Nullable Long bytes) {
    return bytes == null ? "–" : size(bytes);
  }

  /// A length of time in its largest unit: `1 minute`, `2 hours`.
  public String span(Duration span) {
    for (ChronoUnit unit : SPANS) {
      long whole = span.dividedBy(unit.getDuration());
      if (whole > 0) {
        return count("span." + unit.name().toLowerCase(Locale.ROOT), whole);
      }
    }
    return say("span.none");
  }

  /// How long ago `at` was.
  public String ago(Instant at, Instant now) {
    Duration span = Duration.between(at, now);
    return span.toSeconds() < 1 ? say("span.now") : say("span.ago", span(span));
  }

  /// The same, or a dash where it never was.
  public String agoOf(@Nullable Instant at, Instant now) {
    return at == null ? "–" : ago(at, now);
  }

  /// The day in UTC.
  public String day(Instant at) {
    return DAY.format(at);
  }

  /// The minute in UTC.
  public String minute(Instant at) {
    return MINUTE.format(at) + " UTC";
  }

  /// The instant for a `datetime` attribute.
  public String machine(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
