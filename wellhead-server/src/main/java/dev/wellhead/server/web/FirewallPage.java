package dev.wellhead.server.web;

import dev.wellhead.server.web.FirewallSource.Dashboard;
import dev.wellhead.server.web.FirewallSource.Day;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the firewall did.
public record FirewallPage(Shell shell, Instant now, Dashboard dashboard) {
  public Words words() {
    return shell.words();
  }

  /// The sums of all days that are shown.
  public Day sum() {
    List<Day> days = dashboard.days();
    return new Day(
        days.isEmpty() ? now : days.getFirst().start(),
        days.stream().mapToLong(Day::asked).sum(),
        days.stream().mapToLong(Day::stopped).sum(),
        days.stream().mapToLong(Day::observed).sum());
  }

  /// The days on which somebody asked for something, the last one first.
  public List<Day> busy() {
    return dashboard.days().reversed().stream().filter(day -> day.asked() > 0).toList();
  }

  /// What was stopped, as its page and others name it.
  public static String name(FirewallSource.About about) {
    return ReasonPage.name(about);
  }

  static Map<String, Object> chart(Dashboard dashboard) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("start", dashboard.days().stream().map(day -> day.start().getEpochSecond()).toList());
    json.put("asked", dashboard.days().stream().map(Day::asked).toList());
    json.put("stopped", dashboard.days().stream().map(Day::stopped).toList());
    json.put("observed", dashboard.days().stream().map(Day::observed).toList());
    return json;
  }
}
