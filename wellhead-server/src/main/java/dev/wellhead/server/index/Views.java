package dev.wellhead.server.index;

import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Response;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The views by their names, and each of them as of the end of a day that is over: `NAME@DAY`.
final class Views {
  /// The name of the one at `/simple/`.
  static final String DEFAULT = "default";

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private final SequencedMap<String, View> views;
  private final InstantSource clock;

  /// @param views the default one among them
  Views(SequencedMap<String, View> views, InstantSource clock) {
    this.views = views;
    this.clock = clock;
  }

  View standard() {
    return views.sequencedValues().getFirst();
  }

  Optional<View> of(String name) {
    View view = views.get(name);
    if (view != null) {
      return Optional.of(view);
    }
    int at = name.indexOf('@');
    View base = at < 0 ? null : views.get(name.substring(0, at));
    LocalDate day = base == null ? null : day(name.substring(at + 1));
    return base == null || day == null || !View.isOver(day, clock.instant())
        ? Optional.empty()
        : Optional.of(base.on(day));
  }

  private static @Nullable LocalDate day(String text) {
    if (!DAY.matcher(text).matches()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException noSuchDay) {
      return null;
    }
  }

  Collection<View> all() {
    return views.sequencedValues();
  }

  Response unknown(String asked) {
    List<String> names = List.copyOf(views.sequencedKeySet());
    int at = asked.indexOf('@');
    if (at >= 0 && views.containsKey(asked.substring(0, at))) {
      return Refusals.problem(
          404, "No such day", whyNoDay(asked.substring(0, at), asked.substring(at + 1)));
    }
    String shown = asked.length() > 60 ? asked.substring(0, 60) + "…" : asked;
    return new Problem(
            404,
            "No such view",
            "This index has no view " + shown + "; it has " + String.join(", ", names) + ".",
            Map.of("views", names))
        .toResponse("Wellhead: no such view, see /status");
  }

  private static String whyNoDay(String view, String asked) {
    LocalDate day = day(asked);
    return day == null
        ? "a view of an earlier day is written like " + view + "@2026-11-01"
        : "the day "
            + day
            + " is not over yet (in UTC), so that "
            + view
            + " may still change on it";
  }
}
