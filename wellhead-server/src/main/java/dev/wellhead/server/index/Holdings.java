package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import java.time.Instant;
import java.util.Optional;

/// How a source stands to each project.
sealed interface Holdings permits Projects, HostedProjects {
  /// The standing that counts at `now` without asking anybody: a look into memory.
  Optional<Standing> remembered(ProjectName name, Instant now);

  /// The standing now; asks the source where what is known no longer counts.
  Standing current(ProjectName name) throws Exception;

  /// How often files changed. What was read while this number stood still is what another look
  /// would bring, as far as this process goes.
  long changes();
}
