package dev.wellhead.core.pypi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a release says about itself, for the `info` of the legacy JSON API: the fields of its core
/// metadata by their names (`Requires-Dist`, in any case), each with all its values in order.
///
/// @param description the long description, where there is one: in metadata it may be a field or
///   the body
public record ProjectInfo(Map<String, List<String>> fields, @Nullable String description) {
  public ProjectInfo {
    TreeMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
    fields = Collections.unmodifiableMap(sorted);
  }

  /// The first value of a field, or null where it has none.
  @Nullable String first(String field) {
    List<String> values = all(field);
    return values.isEmpty() ? null : values.getFirst();
  }

  /// All values of a field.
  List<String> all(String field) {
    return fields.getOrDefault(field, List.of());
  }
}
