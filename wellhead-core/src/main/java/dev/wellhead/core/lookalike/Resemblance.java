package dev.wellhead.core.lookalike;

import dev.wellhead.core.pypi.ProjectName;

/// A popular project that a name could be taken for.
///
/// @param how continues the sentence "it differs from NAME by ..."
public record Resemblance(ProjectName popular, int rank, String how) {}
