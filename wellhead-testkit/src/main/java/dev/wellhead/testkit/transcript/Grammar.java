package dev.wellhead.testkit.transcript;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The verbs of expectations and how many words each takes, so that a slip of the pen is an error
/// of the transcript and not an expectation that is never checked.
final class Grammar {
  private static final Map<String, Integer> WORDS =
      Map.ofEntries(
          Map.entry("status", 1),
          Map.entry("reason", 1),
          Map.entry("header", 2),
          Map.entry("header-has", 2),
          Map.entry("header-lacks", 2),
          Map.entry("has-header", 1),
          Map.entry("no-header", 1),
          Map.entry("type", 1),
          Map.entry("has", 1),
          Map.entry("lacks", 1),
          Map.entry("json", 2),
          Map.entry("json-has", 2),
          Map.entry("json-length", 2),
          Map.entry("no-json", 1),
          Map.entry("no-file", 1),
          Map.entry("files", 1),
          Map.entry("length", 1),
          Map.entry("length-under", 1),
          Map.entry("sha256", 1),
          Map.entry("same-as", 1),
          Map.entry("same-as-last", 0),
          Map.entry("empty", 0),
          Map.entry("never-whole", 0),
          Map.entry("file", 1));

  private static final Set<String> ABOUT_A_FILE =
      Set.of("yanked", "size", "uploaded", "requires-python", "url", "metadata", "sha256");
  private static final Set<String> ABOUT_A_FILE_ALONE = Set.of("not-yanked", "first-seen");
  private static final Set<String> SAVED_ALONE = Set.of("etag", "body", "sha256", "length");
  private static final Set<String> SAVED_BY_NAME = Set.of("header", "json", "url");

  private Grammar() {}

  static List<Step.Expectation> expectations(List<Word> words, Place place) {
    List<Step.Expectation> found = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      String verb = words.get(at).text();
      int end = at + 1 + length(words, at, place);
      if (end > words.size()) {
        throw new TranscriptFailure(place, "'" + verb + "' needs more words than the line has");
      }
      found.add(new Step.Expectation(place, verb, List.copyOf(words.subList(at + 1, end))));
      at = end;
    }
    return found;
  }

  private static int length(List<Word> words, int at, Place place) {
    String verb = words.get(at).text();
    if (verb.equals("save")) {
      return saveLength(words, at, place);
    }
    Integer count = WORDS.get(verb);
    if (count == null) {
      throw new TranscriptFailure(
          place,
          "unknown expectation '" + verb + "'; known: save, " + new TreeSet<>(WORDS.keySet()));
    }
    if (!verb.equals("file")) {
      return count;
    }
    int length = 1;
    while (at + 1 + length < words.size()) {
      Word next = words.get(at + 1 + length);
      if (!next.quoted() && ABOUT_A_FILE_ALONE.contains(next.text())) {
        length += 1;
      } else if (!next.quoted() && ABOUT_A_FILE.contains(next.text())) {
        length += 2;
      } else {
        break;
      }
    }
    return length;
  }

  /// `save etag as $e`, `save header NAME as $h`, `save json PATH as $j`, `save url FILE as $u`.
  private static int saveLength(List<Word> words, int at, Place place) {
    String what = at + 1 < words.size() ? words.get(at + 1).text() : "";
    int length = SAVED_ALONE.contains(what) ? 3 : SAVED_BY_NAME.contains(what) ? 4 : 0;
    if (length == 0
        || at + length >= words.size()
        || !words.get(at + length - 1).text().equals("as")
        || !words.get(at + length).text().matches("\\$[a-z]+")) {
      throw new TranscriptFailure(
          place,
          "'save' reads: save etag|body|sha256|length|header NAME|json PATH|url FILE as $name");
    }
    return length;
  }

  /// `500ms`, `90s`, `10m`, `1h`, `2d`.
  static Duration duration(String text, Place place) {
    String unit = text.replaceFirst("^\\d+", "");
    String digits = text.substring(0, text.length() - unit.length());
    if (digits.isEmpty() || digits.length() > 9) {
      throw new TranscriptFailure(place, "not a duration: " + text);
    }
    long number = Long.parseLong(digits);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new TranscriptFailure(place, "not a duration: " + text);
    };
  }
}
