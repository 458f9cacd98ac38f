package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import java.util.Optional;

/// Which names are reserved: one, `acme`, or all that begin so, `acme-*`.
///
/// Both are normalized as names are (PEP 503), so that no other spelling slips past.
///
/// @param text the name, or its beginning and `*`
public record ReservedPattern(String text) {
  private static final int LONGEST = 200;

  /// The pattern that `text` spells; empty where that is neither a project's name nor the beginning
  /// of one with a `*` behind it.
  public static Optional<ReservedPattern> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (!text.endsWith("*")) {
      return ProjectName.of(text).map(name -> new ReservedPattern(name.normalized()));
    }
    String beginning = text.substring(0, text.length() - 1);
    // A letter behind it makes a name of any beginning of one, and of nothing else.
    return beginning.isEmpty()
        ? Optional.empty()
        : ProjectName.of(beginning + "a")
            .map(name -> name.normalized().substring(0, name.normalized().length() - 1))
            .map(normalized -> new ReservedPattern(normalized + "*"));
  }

  public boolean matches(ProjectName name) {
    return isPrefix()
        ? name.normalized().startsWith(text.substring(0, text.length() - 1))
        : name.normalized().equals(text);
  }

  boolean isPrefix() {
    return text.endsWith("*");
  }

  /// The name, or its beginning, without the star.
  String stem() {
    return isPrefix() ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return text;
  }
}
