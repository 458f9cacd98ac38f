package dev.wellhead.server.index;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A view as people see it.
///
/// @param name as in its path, `/NAME/simple/`; `default` is at `/simple/` too
/// @param sources in the order in which they are asked
/// @param joins by normalized project name the sources whose files are shown under it together
/// @param freeze the day at whose end (UTC) the view stands still, or null
public record ViewSummary(
    String name,
    List<String> sources,
    Map<String, List<String>> joins,
    @Nullable LocalDate freeze) {
  public ViewSummary {
    sources = List.copyOf(sources);
    joins = Map.copyOf(joins);
  }
}
