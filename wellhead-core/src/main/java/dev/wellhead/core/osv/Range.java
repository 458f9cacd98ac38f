package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.Version;
import java.util.List;

/// A range of versions as a list of events, in PEP 440's order.
public record Range(List<Event> events) {
  public Range {
    events = List.copyOf(events);
  }

  /// Where a range begins or ends.
  public enum EventKind {
    INTRODUCED,
    FIXED,
    LAST_AFFECTED,
    LIMIT
  }

  /// One end of a range; `version` is as the record spells it, `0` in `INTRODUCED` comes before
  /// every version.
  public record Event(EventKind kind, String version) {}

  /// Whether `version` lies between an introduction and what ends it.
  public boolean contains(Version version) {
    return events.isEmpty() && version.release().isEmpty();
  }

  /// Whether the range is all there is and will be: introduced at 0, ended nowhere.
  public boolean isWholeProject() {
    return events.equals(List.of(new Event(EventKind.INTRODUCED, "0")));
  }
}
