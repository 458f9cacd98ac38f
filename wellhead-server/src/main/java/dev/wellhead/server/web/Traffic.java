package dev.wellhead.server.web;

import dev.wellhead.server.fetches.FetchHour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was fetched in each of the last hours, those without anything among them.
public record Traffic(List<FetchHour> hours) {
  static final Duration SHOWN = Duration.ofDays(2);
  private static final int DAY = 24;

  public Traffic {
    hours = List.copyOf(hours);
  }

  /// The first hour that is shown at `now`.
  static Instant first(Instant now) {
    return now.truncatedTo(ChronoUnit.HOURS).minus(SHOWN).plus(1, ChronoUnit.HOURS);
  }

  /// With an hour of nothing wherever `known` has none.
  static Traffic upTo(Instant now, List<FetchHour> known) {
    Map<Instant, FetchHour> byStart = new HashMap<>();
    known.forEach(hour -> byStart.put(hour.start(), hour));
    List<FetchHour> hours = new ArrayList<>();
    for (Instant at = first(now); !at.isAfter(now); at = at.plus(1, ChronoUnit.HOURS)) {
      hours.add(byStart.getOrDefault(at, new FetchHour(at, 0, 0, 0)));
    }
    return new Traffic(hours);
  }

  /// The hours in which something was fetched, the last one first.
  public List<FetchHour> busy() {
    return hours.reversed().stream().filter(hour -> hour.fetches() > 0).toList();
  }

  /// The sums of the last 24 hours.
  public FetchHour day() {
    List<FetchHour> last = hours.subList(Math.max(0, hours.size() - DAY), hours.size());
    return new FetchHour(
        last.getFirst().start(),
        last.stream().mapToLong(FetchHour::fetches).sum(),
        last.stream().mapToLong(FetchHour::brought).sum(),
        last.stream().mapToLong(FetchHour::bytes).sum());
  }

  /// The share of fetches of the last 24 hours that found their file here; not a number where there
  /// was none.
  public double hitRate() {
    FetchHour day = day();
    return day.fetches() == 0
        ? Double.NaN
        : (double) (day.fetches() - day.brought()) / day.fetches();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", hours.stream().map(hour -> hour.start().getEpochSecond()).toList());
    json.put("fetches", hours.stream().map(FetchHour::fetches).toList());
    json.put("brought", hours.stream().map(FetchHour::brought).toList());
    json.put("bytes", hours.stream().map(FetchHour::bytes).toList());
    return json;
  }
}
