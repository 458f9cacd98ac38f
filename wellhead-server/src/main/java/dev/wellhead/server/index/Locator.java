package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.PlacedFile;
import java.time.Instant;
import java.util.Optional;

/// Finds the file at a path.
///
/// A path that no page told of yet, as a lock file may name it on a new server, is looked up on the
/// page of the project in the file's name. Bytes are never asked for by a path alone: only a page
/// says which digest they must have.
final class Locator {
  private final Catalog catalog;
  private final Source source;
  private final Projects projects;

  Locator(Catalog catalog, Source source, Projects projects) {
    this.catalog = catalog;
    this.source = source;
    this.projects = projects;
  }

  Located at(String path) throws Exception {
    String filename = path.substring(path.lastIndexOf('/') + 1);
    Optional<PlacedFile> held = catalog.fileAt(source.id(), path);
    if (held.isPresent()) {
      return located(held.get());
    }
    Located nothing =
        new Located.Nothing("no page of the upstream index names a file at this path");
    Optional<ReleaseGuess> guess = ReleaseGuess.of(filename);
    if (guess.isPresent()) {
      Standing standing = projects.current(guess.get().project());
      held = catalog.fileAt(source.id(), path);
      if (held.isPresent()) {
        return located(held.get());
      }
      switch (standing) {
        case Standing.Unreachable(String why, Instant again) ->
            nothing = new Located.CannotTell(why, again);
        case Standing.Refused(String why, Instant again) ->
            nothing = new Located.CannotTell(why, again);
        case Standing.Stale(long _, Instant _, String why, Instant again) ->
            nothing = new Located.CannotTell(why, again);
        case Standing.Current _, Standing.Missing _ -> {}
      }
    }
    return nothing;
  }

  private static Located located(PlacedFile placed) {
    HeldFile file = placed.file();
    if (file.goneSince() != null) {
      return new Located.Gone(file.entry().filename(), file.goneSince());
    }
    Optional<Sha256> sha256 = file.sha256();
    return sha256.isPresent()
        ? new Located.Found(placed.project(), file, sha256.get())
        : new Located.NoDigest(file.entry().filename());
  }
}
