package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.core.pypi.ReleaseGuess;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.firewall.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Finds the file at a path.
///
/// A path that no page told of yet, as a lock file may name it on a new server, is looked up on the
/// page of the project in the file's name. Bytes are never asked for by a path alone: only a page
/// says which digest they must have.
///
/// What was found counts until the catalog changes, and no longer than a second, in which another
/// process may have changed it: asking the database each time costs as much as sending a wheel.
/// Shortly before that second is over one request is sent to look again, so that not all of that
/// moment have to.
final class Locator {
  private static final Duration COUNTS_FOR = Duration.ofSeconds(1);
  private static final Duration AHEAD = Duration.ofMillis(300);
  private static final long MOST_REMEMBERED = 2_000;
  private static final String HOSTED_PREFIX = "+hosted/";

  private final List<Shelf> shelves;
  private final OwnNames own;
  private final Gate gate;
  private final InstantSource clock;
  private final Cache<Key, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  private record Key(String view, String path) {}

  /// @param verdicts that the ruling is one of
  /// @param changes what all shelves said before the look
  private record Remembered(
      Located.Found found, Verdicts verdicts, long changes, Instant until, AtomicBoolean renewed) {
    /// Whether whoever asks this at `now` is the one who shall look again.
    boolean isMineToRenew(Instant now) {
      return !now.isBefore(until.minus(AHEAD)) && renewed.compareAndSet(false, true);
    }
  }

  /// @param shelves of all views
  Locator(List<Shelf> shelves, OwnNames own, Gate gate, InstantSource clock) {
    this.shelves = shelves;
    this.own = own;
    this.gate = gate;
    this.clock = clock;
  }

  /// What is at `path` in `view` where that was found out a moment ago, else null: a look into
  /// memory. Null means that [#at] shall be asked.
  Located.@Nullable Found remembered(View view, String path) {
    Instant now = clock.instant();
    Remembered known =
        own.isRemembered(now) ? counting(new Key(view.name(), path), changes(), now) : null;
    return known == null || !gate.holds(List.of(known.verdicts()), now) || known.isMineToRenew(now)
        ? null
        : known.found();
  }

  /// The file at `path` in `view`.
  Located at(View view, String path) throws Exception {
    own.changes();
    long changes = changes();
    Instant now = clock.instant();
    Key key = new Key(view.name(), path);
    Remembered known = counting(key, changes, now);
    if (known != null
        && now.isBefore(known.until().minus(AHEAD))
        && gate.stillHolds(List.of(known.verdicts()))) {
      return known.found();
    }
    Located located = lookedUp(view, path);
    if (located instanceof Located.Found found) {
      remembered.put(
          key,
          new Remembered(
              found,
              view.judged(found.shelf(), found.project()),
              changes,
              now.plus(COUNTS_FOR),
              new AtomicBoolean()));
    }
    return located;
  }

  private @Nullable Remembered counting(Key key, long changes, Instant now) {
    Remembered known = remembered.getIfPresent(key);
    return known != null && known.changes() == changes && now.isBefore(known.until())
        ? known
        : null;
  }

  /// The same after the bytes were looked into: what was remembered is forgotten.
  Located again(View view, String path) throws Exception {
    remembered.invalidate(new Key(view.name(), path));
    return at(view, path);
  }

  /// The shelf whose files are served at paths that begin as `path` does.
  Optional<Shelf> shelf(String path) {
    if (path.startsWith(HOSTED_PREFIX)) {
      return shelves.stream().filter(shelf -> shelf.source() instanceof Source.Hosted).findFirst();
    }
    boolean named = path.startsWith(Source.SOURCE_PREFIX);
    return shelves.stream()
        .filter(shelf -> shelf.source() instanceof Source.Asked)
        .filter(shelf ->
            named
                ? !shelf.source().prefix().isEmpty() && path.startsWith(shelf.source().prefix())
                : shelf.source().prefix().isEmpty())
        .findFirst();
  }

  /// The shelf that a file with its served path is from.
  Shelf shelfOf(HeldFile placed) {
    return shelf(placed.path())
        .orElseThrow(() -> new IllegalArgumentException("from no shelf: " + placed.path()));
  }

  private long changes() {
    long changes = 0;
    for (Shelf shelf : shelves) {
      changes += shelf.holdings().changes();
    }
    return changes;
  }

  private Located lookedUp(View view, String path) throws Exception {
    Optional<Shelf> shelf = shelf(path);
    if (shelf.isEmpty()) {
      return new Located.Nothing("no source has files at such a path");
    }
    String filename = path.substring(path.lastIndexOf('/') + 1);
    Optional<PlacedFile> held = view.fileAt(shelf.get(), path);
    if (held.isPresent()) {
      return located(view, shelf.get(), held.get());
    }
    Located nothing = nothing(shelf.get());
    Optional<ReleaseGuess> guess = ReleaseGuess.of(filename);
    if (guess.isPresent()) {
      Located refusal = view.refusal(guess.get().project(), shelf.get());
      if (refusal != null) {
        return refusal; // before anybody is asked
      }
      Standing standing = shelf.get().holdings().current(guess.get().project());
      held = view.fileAt(shelf.get(), path);
      if (held.isPresent()) {
        return located(view, shelf.get(), held.get());
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

  private static Located nothing(Shelf shelf) {
    return new Located.Nothing(
        "no page of " + shelf.source().words() + " names a file at this path");
  }

  private static Located located(View view, Shelf shelf, PlacedFile placed) throws Exception {
    Located refusal = view.refusal(placed.project(), shelf);
    if (refusal != null) {
      return refusal;
    }
    HeldFile file = placed.file();
    Verdicts.Ruling ruling = view.ruling(shelf, placed);
    if (!ruling.isServed()) {
      return ruling.judgement().verdict() instanceof Verdict.Hide
          ? nothing(shelf)
          : new Located.Stopped(file, ruling);
    }
    if (file.goneSince() != null) {
      return new Located.Gone(shelf.source(), file.entry().filename(), file.goneSince());
    }
    Optional<Sha256> sha256 = file.sha256();
    return sha256.isPresent()
        ? new Located.Found(shelf, placed.project(), file, sha256.get(), ruling)
        : new Located.NoDigest(shelf.source(), file.entry().filename());
  }
}
