package dev.wellhead.core.pypi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the name of a distribution file says about it, read by today's rules.
///
/// Only wheels and source distributions have names with rules. A file with another name can still
/// lie on an old project's page; [ReleaseGuess] tells which release it probably belongs to.
public sealed interface DistributionFilename permits WheelFilename, SdistFilename {
  /// Longer than file systems admit.
  int MAX_LENGTH = 512;

  /// The name as it was given.
  String filename();

  /// The project's name in the file, normalized (PEP 503). It may hold letters outside ASCII, which
  /// names of files may and names of projects may not; then [#project] is empty.
  String name();

  /// The version that the file says it is of.
  Version version();

  /// The project that the file says it belongs to, or empty where its name can be none.
  default Optional<ProjectName> project() {
    return ProjectName.of(name());
  }

  /// Reads the name of a wheel (`.whl`) or of a source distribution (`.tar.gz`, `.zip`).
  static Parse<DistributionFilename> parse(String filename) {
    if (filename.length() > MAX_LENGTH) {
      return invalid(filename, "is longer than " + MAX_LENGTH + " characters");
    }
    if (filename.endsWith(".whl")) {
      return WheelFilename.read(filename);
    }
    if (filename.endsWith(".tar.gz") || filename.endsWith(".zip")) {
      return SdistFilename.read(filename);
    }
    return invalid(filename, "ends in none of .whl, .tar.gz and .zip");
  }

  /// `reason` continues the sentence that begins with the file's name.
  static Parse<DistributionFilename> invalid(String filename, String reason) {
    return new Parse.Invalid<>("The file name " + Cursor.quote(filename) + " " + reason + ".");
  }

  /// The version in a file name: as [Version#parse] reads it, but white space is no part of a name.
  static @Nullable Version spelled(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127) ? VersionParser.parse(text) : null;
  }

  /// Whether a project's name can stand in a file name: letters and digits of any script, and
  /// underscores, dots and (in source distributions) hyphens. Whatever could be a path, a control
  /// character or an escape is out.
  static boolean isNamePart(String text, String separators) {
    return !text.isEmpty()
        && text.codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || separators.indexOf(c) >= 0);
  }
}
