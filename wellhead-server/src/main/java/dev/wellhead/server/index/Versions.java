package dev.wellhead.server.index;

import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ReleaseGuess;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which release a file belongs to, by its name.
final class Versions {
  private Versions() {}

  /// `page` with its versions listed (PEP 700), from the file names where the source lists none.
  static ProjectPage listed(ProjectName project, ProjectPage page) {
    if (!page.versions().isEmpty()) {
      return page;
    }
    Set<String> versions = new LinkedHashSet<>();
    for (FileEntry file : page.files()) {
      of(project, file.filename()).ifPresent(versions::add);
    }
    return page.withVersions(List.copyOf(versions));
  }

  /// The version in a file's name, in its normalized form where it has one.
  static Optional<String> of(ProjectName project, String filename) {
    return ReleaseGuess.of(project, filename).map(ReleaseGuess::version);
  }
}
