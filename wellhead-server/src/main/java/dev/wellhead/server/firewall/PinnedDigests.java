package dev.wellhead.server.firewall;

import dev.wellhead.core.pypi.Sha256;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SHA-256 digests that a lock file pins.
///
/// In a requirements file they stand as `--hash=sha256:DIGEST` (pip, "Repeatable Installs"), in
/// `pylock.toml` as `sha256 = "DIGEST"` (PEP 751). Comments pin nothing.
public final class PinnedDigests {
  private static final Pattern PINNED =
      Pattern.compile(
          "(?:--hash[= ]\\s*sha256:|sha256\"?\\s*=\\s*[\"'](?:sha256:)?)([0-9a-fA-F]{64})(?![0-9a-fA-F])");

  private PinnedDigests() {}

  /// All of them, in the order of the text, each once.
  public static Set<Sha256> of(String text) {
    Set<Sha256> digests = new LinkedHashSet<>();
    text.lines()
        .filter(line -> !line.stripLeading().startsWith("#"))
        .forEach(line -> {
          Matcher pinned = PINNED.matcher(line);
          while (pinned.find()) {
            Sha256.of(pinned.group(1)).ifPresent(digests::add);
          }
        });
    return digests;
  }
}
