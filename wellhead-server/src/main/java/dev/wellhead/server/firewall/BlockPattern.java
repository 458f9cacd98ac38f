package dev.wellhead.server.firewall;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import java.util.Locale;
import java.util.Optional;

/// What a block by hand is about: a project (`evil`), one of its releases (`evil==1.0`), or bytes
/// (`sha256:` and 64 hexadecimal digits).
///
/// @param text the one spelling under which it is kept: names and versions normalized
/// @param project the project's name, or empty where it is about bytes
public record BlockPattern(String text, String project) {
  private static final String BYTES = "sha256:";
  private static final int LONGEST = 400;

  /// The pattern that `text` spells; a bare digest counts as one with `sha256:` before it.
  public static Optional<BlockPattern> of(String text) {
    String given = text.strip();
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    String digest = given.startsWith(BYTES) ? given.substring(BYTES.length()) : given;
    Optional<Sha256> sha256 = Sha256.of(digest.toLowerCase(Locale.ROOT));
    if (sha256.isPresent()) {
      return Optional.of(new BlockPattern(BYTES + sha256.get().hex(), ""));
    }
    int equals = given.indexOf("==");
    if (equals < 0) {
      return ProjectName.of(given)
          .map(name -> new BlockPattern(name.normalized(), name.normalized()));
    }
    Optional<ProjectName> name = ProjectName.of(given.substring(0, equals).strip());
    Optional<Version> version = Version.parse(given.substring(equals + 2).strip());
    return name.isEmpty() || version.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BlockPattern(
                name.get().normalized() + "==" + version.get(), name.get().normalized()));
  }

  static BlockPattern ofBytes(Sha256 sha256) {
    return new BlockPattern(BYTES + sha256.hex(), "");
  }

  @Override
  public String toString() {
    return text;
  }
}
