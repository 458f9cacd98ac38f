package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.PlacedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Finds the file at a path.
///
/// A path that no page told of yet, as a lock file may name it on a new server, is looked up on the
/// page of the project in the file's name. Bytes are never asked for by a path alone: only a page
/// says which digest they must have.
///
/// What was found counts until the catalog changes, and no longer than a second, in which another
/// process may have changed it: asking the database each time costs as much as sending a wheel.
final class Locator {
  private static final Duration COUNTS_FOR = Duration.ofSeconds(1);
  private static final long MOST_REMEMBERED = 2_000;

  private final Catalog catalog;
  private final Source source;
  private final Projects projects;
  private final InstantSource clock;
  private final Cache<String, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  /// @param changes what [Projects#changes()] said before the look
  private record Remembered(Located.Found found, long changes, Instant until) {}

  Locator(Catalog catalog, Source source, Projects projects, InstantSource clock) {
    this.catalog = catalog;
    this.source = source;
    this.projects = projects;
    this.clock = clock;
  }

  Located at(String path) throws Exception {
    long changes = projects.changes();
    Instant now = clock.instant();
    Remembered known = remembered.getIfPresent(path);
    if (known != null && known.changes() == changes && now.isBefore(known.until())) {
      return known.found();
    }
    Located located = lookedUp(path);
    if (located instanceof Located.Found found) {
      remembered.put(path, new Remembered(found, changes, now.plus(COUNTS_FOR)));
    }
    return located;
  }

  private Located lookedUp(String path) throws Exception {
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
