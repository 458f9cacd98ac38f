package dev.wellhead.server.fetches;

import dev.wellhead.core.pypi.Sha256;
import java.time.Instant;

/// Somebody got bytes of a file from here.
///
/// @param file its hash
/// @param filename under which it was asked for
/// @param project the normalized name of the project
/// @param address of the client, after the rules for trusted proxies
/// @param client what it says it is
/// @param at when it asked
/// @param extent of what it asked for
/// @param origin whether it was here already
/// @param bytes how many were sent
public record Fetch(
    Sha256 file,
    String filename,
    String project,
    String address,
    ClientSoftware client,
    Instant at,
    Extent extent,
    Origin origin,
    long bytes) {
  private static final int LIMIT = 512;

  public Fetch {
    filename = PlainText.of(filename, LIMIT);
    project = PlainText.of(project, LIMIT);
    address = PlainText.of(address, LIMIT);
  }

  /// Whether the client asked for the file or for a part of it. Clients read a wheel's metadata by
  /// parts, so a ranged fetch alone does not mean that they have the file.
  public enum Extent {
    WHOLE,
    RANGED
  }

  /// Whether the file was here when it was asked for, or was brought from its source for it.
  public enum Origin {
    HELD,
    BROUGHT
  }
}
