package dev.wellhead.server.index;

import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Response;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The views by their names, and as they were on earlier days: `NAME@2026-11-01`.
final class Views {
  /// The name of the one at `/simple/`.
  static final String DEFAULT = "default";

  /// What stands between a view's name and a day.
  static final String AT = "@";

  private static final int DAY_LENGTH = 10;

  private final SequencedMap<String, View> views;
  private final InstantSource clock;

  /// @param views the default one first
  Views(SequencedMap<String, View> views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  View standard() {
    return views.sequencedValues().getFirst();
  }

  /// The view of this name; empty where there is none, or where its day is not over.
  Optional<View> of(String name) {
    View whole = views.get(name);
    if (whole != null) {
      return Optional.of(whole);
    }
    View base = views.get(base(name));
    LocalDate day = base == null ? null : day(name);
    return base == null || day == null || Past.end(day).isAfter(clock.instant())
        ? Optional.empty()
        : Optional.of(base.at(day));
  }

  Collection<View> all() {
    return views.sequencedValues();
  }

  /// The name of the view that `name` is, or is an earlier day of.
  static String base(String name) {
    int at = name.indexOf(AT);
    return at < 0 ? name : name.substring(0, at);
  }

  Response unknown(String asked) {
    List<String> names = List.copyOf(views.sequencedKeySet());
    String shown = asked.length() > 60 ? asked.substring(0, 60) + "…" : asked;
    boolean early = views.containsKey(base(asked)) && day(asked) != null;
    String why =
        early
            ? "The day of " + shown + " is not over (UTC), so that nobody knows what it will hold."
            : "This index has no view "
                + shown
                + "; it has "
                + String.join(", ", names)
                + ". An earlier day of one is NAME@2026-11-01.";
    return new Problem(404, "No such view", why, Map.of("views", names))
        .toResponse(early ? "Wellhead: that day is not over" : "Wellhead: no such view");
  }

  private static @Nullable LocalDate day(String name) {
    String text = name.substring(Math.min(name.length(), base(name).length() + AT.length()));
    try {
      return text.length() == DAY_LENGTH && name.contains(AT) ? LocalDate.parse(text) : null;
    } catch (DateTimeException _) {
      return null;
    }
  }
}
