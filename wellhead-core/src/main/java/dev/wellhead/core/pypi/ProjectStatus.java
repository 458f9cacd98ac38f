package dev.wellhead.core.pypi;

import java.util.Locale;
import java.util.Optional;

/// In what standing a project is, with a reason that may be empty (PEP 792).
public record ProjectStatus(State state, String reason) {
  /// In good standing, which is also what a page means that says nothing.
  public static final ProjectStatus ACTIVE = new ProjectStatus(State.ACTIVE, "");

  /// The markers of PEP 792.
  public enum State {
    /// Expected to be updated.
    ACTIVE,
    /// Not expected to be updated any more.
    ARCHIVED,
    /// Held unsafe: an index must not offer its files. Whoever builds the page leaves them out.
    QUARANTINED,
    /// Obsolete, perhaps superseded by another project.
    DEPRECATED;

    /// The word that stands for this state in pages.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The state that `word` stands for in pages.
    public static Optional<State> of(String word) {
      for (State state : values()) {
        if (state.word().equals(word)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }
}
