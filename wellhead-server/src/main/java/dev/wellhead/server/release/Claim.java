package dev.wellhead.server.release;

import dev.wellhead.core.pypi.ProjectName;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What somebody says of a file before it was looked at.
///
/// @param project whose file it is said to be; null where only its name tells
/// @param hashes by the names of pages, in lower-case hex; may be empty
/// @param size in bytes, or null where nothing is said
public record Claim(
    String filename,
    @Nullable ProjectName project,
    Map<String, String> hashes,
    @Nullable Long size) {
  public Claim {
    hashes = Map.copyOf(new TreeMap<>(hashes));
  }

  /// A file of which nothing but its name is said.
  public static Claim of(String filename) {
    return new Claim(filename, null, Map.of(), null);
  }
}
