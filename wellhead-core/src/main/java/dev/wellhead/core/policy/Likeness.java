package dev.wellhead.core.policy;

import dev.wellhead.core.pypi.ProjectName;

/// Whether a name could be taken for that of a popular project.
public sealed interface Likeness {
  record Unlike() implements Likeness {}

  /// It resembles `popular`; `how` continues "it differs by ...".
  record Resembles(ProjectName popular, String how) implements Likeness {}
}
