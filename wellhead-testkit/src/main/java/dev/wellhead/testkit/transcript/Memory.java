package dev.wellhead.testkit.transcript;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a transcript saved, and its two abbreviations: `$name` for something saved and `{a*1000}`
/// for a text repeated.
final class Memory {
  private static final Pattern NAME = Pattern.compile("\\$\\{([a-z]+)\\}|\\$([a-z]+)");
  private static final Pattern REPEAT = Pattern.compile("\\{([^{}*]+)\\*(\\d{1,6})\\}");

  private final Map<String, String> saved = new HashMap<>();

  void save(String name, String value) {
    saved.put(name.substring(1), value);
  }

  String fill(String text, Place place) {
    String repeated =
        REPEAT
            .matcher(text)
            .replaceAll(found ->
                Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
    return NAME.matcher(repeated)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, place)));
  }

  private String value(MatchResult found, Place place) {
    String name = found.group(1) == null ? found.group(2) : found.group(1);
    String value = saved.get(name);
    if (value == null) {
      throw new TranscriptFailure(place, "nothing was saved as $" + name + " before this line");
    }
    return value;
  }
}
