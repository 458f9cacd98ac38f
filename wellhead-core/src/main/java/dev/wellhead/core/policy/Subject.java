package dev.wellhead.core.policy;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import org.jspecify.annotations.Nullable;

/// The file that is judged, and through which view it is seen.
///
/// @param source the name of the source that it comes from, `hosted` for the house's own
/// @param version null where the file's name tells none that PEP 440 knows
/// @param sha256 null where nobody has said what it must be
public record Subject(
    String view,
    String source,
    ProjectName project,
    String filename,
    @Nullable Version version,
    @Nullable Sha256 sha256) {

  /// The source that stands for the house's own projects.
  public static final String HOSTED = "hosted";
}
