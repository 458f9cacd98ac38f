package dev.wellhead.core.pypi;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known about the place of an installation when its markers are evaluated.
///
/// A variable that is not given is unknown, and a marker that asks for it is undefined; `extra`
/// alone is then the empty text, as where no extra was asked for. The two sets are unknown unless
/// given, since only lock files have them.
public final class MarkerEnvironment {
  private final Map<MarkerVariable, String> values;
  private final Map<MarkerVariable, Set<String>> sets;

  private MarkerEnvironment(
      Map<MarkerVariable, String> values, Map<MarkerVariable, Set<String>> sets) {
    this.values = values;
    this.sets = sets;
  }

  /// The environment of these values. A Python built from an untagged source calls its version
  /// `3.15.0a0+`, which is none; it counts as the local version that it means.
  public static MarkerEnvironment of(Map<MarkerVariable, String> values) {
    Map<MarkerVariable, String> kept = new EnumMap<>(MarkerVariable.class);
    values.forEach((variable, value) -> {
      if (variable.kind() == MarkerVariable.Kind.NAMES) {
        throw new IllegalArgumentException(variable + " is a set: use with(...)");
      }
      boolean unnamedLocal = variable == MarkerVariable.PYTHON_FULL_VERSION && value.endsWith("+");
      kept.put(variable, unnamedLocal ? value + "local" : value);
    });
    kept.merge(MarkerVariable.EXTRA, "", (given, _) -> ProjectName.normalize(given));
    return new MarkerEnvironment(kept, Map.of());
  }

  /// This environment with `extra` asked for.
  public MarkerEnvironment withExtra(String extra) {
    Map<MarkerVariable, String> changed = new EnumMap<>(values);
    changed.put(MarkerVariable.EXTRA, ProjectName.normalize(extra));
    return new MarkerEnvironment(changed, sets);
  }

  /// This environment with the extras of a lock file's installation.
  public MarkerEnvironment withExtras(Collection<String> extras) {
    return with(MarkerVariable.EXTRAS, extras);
  }

  /// This environment with the dependency groups of a lock file's installation.
  public MarkerEnvironment withDependencyGroups(Collection<String> groups) {
    return with(MarkerVariable.DEPENDENCY_GROUPS, groups);
  }

  private MarkerEnvironment with(MarkerVariable variable, Collection<String> names) {
    Map<MarkerVariable, Set<String>> changed = new EnumMap<>(MarkerVariable.class);
    changed.putAll(sets);
    changed.put(
        variable,
        names.stream().map(ProjectName::normalize).collect(Collectors.toUnmodifiableSet()));
    return new MarkerEnvironment(values, changed);
  }

  Optional<String> value(MarkerVariable variable) {
    return Optional.ofNullable(values.get(variable));
  }

  Optional<Set<String>> names(MarkerVariable variable) {
    return Optional.ofNullable(sets.get(variable));
  }
}
