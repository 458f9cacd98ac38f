package dev.wellhead.core.pypi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which release a file belongs to as far as its name tells: certain for wheels and source
/// distributions with proper names, a good guess for what lies beside them on old pages (eggs,
/// Windows installers, archives of other kinds, names from before the rules).
///
/// `version` is normalized where it is one of PEP 440, and else as it stands in the name. It is for
/// sorting files under releases, never for deciding whether a file may be served.
public record ReleaseGuess(ProjectName project, String version) {
  /// The longer before the shorter that it ends in.
  private static final List<String> ENDINGS =
      List.of(
          ".tar.gz",
          ".tar.bz2",
          ".tar.xz",
          ".tar.lzma",
          ".tar.z",
          ".tgz",
          ".tbz",
          ".txz",
          ".tar",
          ".zip",
          ".whl",
          ".egg",
          ".exe",
          ".msi",
          ".rpm",
          ".deb",
          ".dmg");

  /// What begins to say where a built archive runs, behind its version.
  private static final List<String> PLATFORMS =
      List.of("win32", "win-", "linux", "macosx", "noarch", "darwin", "cygwin");

  /// The release of `project` that `filename`, found on its page, belongs to; empty where the name
  /// does not begin with the project's.
  public static Optional<ReleaseGuess> of(ProjectName project, String filename) {
    if (filename.length() > DistributionFilename.MAX_LENGTH) {
      return Optional.empty();
    }
    DistributionFilename proper = DistributionFilename.parse(filename).toOptional().orElse(null);
    if (proper != null && proper.name().equals(project.normalized())) {
      return Optional.of(new ReleaseGuess(project, proper.version().toString()));
    }
    String stem = stem(filename);
    for (int at = stem.indexOf('-'); at > 0; at = stem.indexOf('-', at + 1)) {
      if (ProjectName.normalize(stem.substring(0, at)).equals(project.normalized())) {
        String version = version(stem.substring(at + 1));
        return version.isEmpty()
            ? Optional.empty()
            : Optional.of(new ReleaseGuess(project, version));
      }
    }
    return Optional.empty();
  }

  /// The release that `filename` seems to belong to where nothing is known about the project: the
  /// version is what begins at the first hyphen with a version behind it.
  public static Optional<ReleaseGuess> of(String filename) {
    if (filename.length() > DistributionFilename.MAX_LENGTH) {
      return Optional.empty();
    }
    DistributionFilename proper = DistributionFilename.parse(filename).toOptional().orElse(null);
    if (proper != null) {
      return proper
          .project()
          .map(project -> new ReleaseGuess(project, proper.version().toString()));
    }
    String stem = stem(filename);
    for (int at = stem.indexOf('-'); at > 0; at = stem.indexOf('-', at + 1)) {
      Optional<ProjectName> project = ProjectName.of(stem.substring(0, at));
      Version version = longestVersion(stem.substring(at + 1));
      if (project.isPresent() && version != null) {
        return Optional.of(new ReleaseGuess(project.get(), version.toString()));
      }
    }
    return Optional.empty();
  }

  /// Whether `filename` ends as some kind of distribution does, of today or of former times.
  static boolean isDistribution(String filename) {
    return !stem(filename).equals(filename);
  }

  private static String stem(String filename) {
    String lower = filename.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending) && lower.length() == filename.length()) {
        String stem = filename.substring(0, filename.length() - ending.length());
        return ending.equals(".rpm") ? withoutRpmRelease(stem) : stem;
      }
    }
    return filename;
  }

  /// An RPM is named `{name}-{version}-{release}.{architecture}`, the release counting its builds.
  private static String withoutRpmRelease(String stem) {
    int hyphen = stem.lastIndexOf('-');
    return hyphen < 0 ? stem : stem.substring(0, hyphen);
  }

  private static String version(String text) {
    String bare = withoutPlatform(text);
    Version whole = DistributionFilename.spelled(bare);
    if (whole != null) {
      return whole.toString();
    }
    Version longest = longestVersion(bare);
    return longest == null ? bare : longest.toString();
  }

  /// `text` up to what says for which Python or system the file was built.
  private static String withoutPlatform(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '-' || c == '.') {
        String rest = text.substring(i + 1);
        boolean python =
            rest.startsWith("py") && rest.length() > 2 && Cursor.isDigit(rest.charAt(2));
        if (python || PLATFORMS.stream().anyMatch(rest::startsWith)) {
          return text.substring(0, i);
        }
      }
    }
    return text;
  }

  /// The longest beginning of `text` that is a version and ends before a hyphen, an underscore or a
  /// dot, or null.
  private static @Nullable Version longestVersion(String text) {
    for (int end = text.length(); end > 0; end--) {
      if (end == text.length() || "-_.".indexOf(text.charAt(end)) >= 0) {
        Version version = DistributionFilename.spelled(text.substring(0, end));
        if (version != null) {
          return version;
        }
      }
    }
    return null;
  }
}
