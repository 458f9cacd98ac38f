package dev.wellhead.core.pypi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a project needs of another one (PEP 508): a name, and either versions or a URL.
///
/// Name and extras are as they were written; [#project] says which project is meant. Extras are
/// sorted and come once. Where there is a `url`, `specifiers` is empty.
public record Requirement(
    String name,
    List<String> extras,
    SpecifierSet specifiers,
    @Nullable String url,
    @Nullable Marker marker) {

  public Requirement {
    extras = extras.stream().distinct().sorted().toList();
    if (ProjectName.of(name).isEmpty() || (url != null && !specifiers.isEmpty())) {
      throw new IllegalArgumentException("no requirement: " + name + specifiers + url);
    }
  }

  /// Reads one requirement, as in `Requires-Dist`. The specifier may stand in brackets.
  public static Parse<Requirement> parse(String text) {
    return new RequirementParser(text).requirement();
  }

  /// The project that is required.
  public ProjectName project() {
    return ProjectName.of(name).orElseThrow();
  }

  /// The condition, if there is one.
  public Optional<Marker> condition() {
    return Optional.ofNullable(marker);
  }

  /// The requirement in a spelling that reads back as the same.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(name);
    if (!extras.isEmpty()) {
      out.append('[').append(String.join(",", extras)).append(']');
    }
    out.append(specifiers);
    if (url != null) {
      out.append(" @ ").append(url).append(marker == null ? "" : " ");
    }
    return marker == null ? out.toString() : out.append("; ").append(marker).toString();
  }
}
