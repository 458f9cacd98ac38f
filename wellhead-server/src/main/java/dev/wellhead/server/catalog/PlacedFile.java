package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;

/// A file with the project that it lies under.
public record PlacedFile(ProjectName project, HeldFile file) {}
