package dev.wellhead.server.web;

import dev.wellhead.server.catalog.Dependent;
import dev.wellhead.server.catalog.Event;
import dev.wellhead.server.index.Look;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A project, or one of its releases.
///
/// @param shown the release whose files and description are shown; null where there is none at all
/// @param about what METADATA of that release says; null where there is none
/// @param dependents who requires the project
public record ProjectView(
    Shell shell,
    Instant now,
    Look look,
    List<Release> releases,
    @Nullable Release shown,
    @Nullable About about,
    List<Dependent> dependents,
    List<Event> events) {
  public ProjectView {
    releases = List.copyOf(releases);
    dependents = List.copyOf(dependents);
    events = List.copyOf(events);
  }

  public Words words() {
    return shell.words();
  }

  /// The normalized name.
  public String name() {
    return look.project().name().normalized();
  }
}
