package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.Version;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A range of versions as a list of events, in PEP 440's order (OSV schema, "affected[].ranges").
public record Range(List<Event> events) {
  /// The order in which events take effect; where two meet, an introduction comes last.
  private static final Comparator<Event> ORDER =
      Comparator.<Event>comparingInt(event -> event.isFromStart() ? 0 : 1)
          .thenComparing(Event::known, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(event -> event.kind() == EventKind.INTRODUCED ? 1 : 0);

  public Range {
    events = events.stream().sorted(ORDER).toList();
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
  ///
  /// @param known what `version` spells, null where PEP 440 knows no such version
  public record Event(EventKind kind, String version, @Nullable Version known) {
    public Event(EventKind kind, String version) {
      this(kind, version, Version.parse(version).orElse(null));
    }

    boolean isFromStart() {
      return kind == EventKind.INTRODUCED && version.equals("0");
    }

    boolean isReadable() {
      return isFromStart() || known != null || version.equals("*");
    }

    private boolean isAt(Version asked) {
      return isFromStart() || (known != null && asked.compareTo(known) >= 0);
    }
  }

  /// Whether every end is a version that can be compared.
  public boolean isReadable() {
    return events.stream().allMatch(Event::isReadable);
  }

  /// Whether `version` lies between an introduction and what ends it. A local build (`2.0+cpu`)
  /// counts as what it was built from.
  public boolean contains(Version version) {
    Version asked = version.publicPart();
    boolean affected = false;
    for (Event event : events) {
      switch (event.kind()) {
        case INTRODUCED -> affected |= event.isAt(asked);
        case FIXED -> affected &= !event.isAt(asked);
        case LAST_AFFECTED ->
            affected &= event.known() == null || asked.compareTo(event.known()) <= 0;
        case LIMIT -> {}
      }
    }
    return affected && isWithinLimits(asked);
  }

  private boolean isWithinLimits(Version asked) {
    List<Event> limits = events.stream().filter(event -> event.kind() == EventKind.LIMIT).toList();
    return limits.isEmpty() || limits.stream().anyMatch(limit -> !limit.isAt(asked));
  }

  /// The first version behind `version` that the range calls fixed.
  Optional<Version> fixedAfter(Version version) {
    return events.stream()
        .filter(event -> event.kind() == EventKind.FIXED)
        .flatMap(event -> Optional.ofNullable(event.known()).stream())
        .filter(fixed -> fixed.compareTo(version) > 0)
        .min(Comparator.naturalOrder());
  }

  /// Whether the range is all there is and will be: introduced at 0, ended nowhere.
  public boolean isWholeProject() {
    return events.size() == 1 && events.getFirst().isFromStart();
  }
}
