package dev.wellhead.server.index;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// How the reading door is run.
///
/// @param publicUrl where clients reach this server, with a slash at the end; the one URL that a
///   page states whole (provenance, PEP 740) is made from it and never from a Host header; asked
///   with the first page, since a port that the system chooses is known only then
/// @param views the default one, `default`, first; their sources are named as in
///   [IndexDoor.Ground], or `hosted`
/// @param retryAfter how long the answer to a failed question is given before it is asked again
/// @param pageCacheBytes how many bytes of rendered pages are kept in memory
/// @param cacheFolder where lists too long for memory lie
public record IndexSettings(
    Supplier<URI> publicUrl,
    List<ViewSummary> views,
    Duration retryAfter,
    long pageCacheBytes,
    Path cacheFolder) {
  public IndexSettings {
    views = List.copyOf(views);
  }
}
