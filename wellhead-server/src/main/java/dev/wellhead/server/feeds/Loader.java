package dev.wellhead.server.feeds;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Loads feeds, one at a time, and keeps in memory what lists are asked for.
final class Loader {
  private final Database database;
  private final InstantSource clock;
  private final Downloads downloads;
  private final FeedListener listener;

  /// Held while a feed is loaded. The listener is called under it; nothing that answers takes it.
  private final ReentrantLock loading = new ReentrantLock();

  private volatile Map<String, Integer> ranks = Map.of();
  private volatile Map<String, Integer> exploited = Map.of();

  // The revisions that what is in memory comes from; guarded by `loading`.
  private final Map<String, Long> revisions = new HashMap<>();

  private Loader(Feeds.Ground ground, FeedListener listener) {
    this.database = ground.database();
    this.clock = ground.clock();
    this.downloads = new Downloads(ground.fetcher(), ground.scratch());
    this.listener = listener;
  }

  static Loader open(Feeds.Ground ground, FeedListener listener) throws DatabaseFault {
    Loader loader = new Loader(ground, listener);
    loader.remember();
    return loader;
  }

  Map<String, Integer> ranks() {
    return ranks;
  }

  Map<String, Integer> exploited() {
    return exploited;
  }

  /// Of which kind a feed is that was loaded before; null where none was.
  @Nullable FeedKind kind(String name) throws DatabaseFault {
    return database.read(tx -> FeedRow.find(tx, name)).map(FeedRow::kind).orElse(null);
  }

  Load load(String name, FeedKind kind, String source) throws FeedRefusedException, DatabaseFault {
    loading.lock();
    try {
      Instant now = clock.instant();
      FeedRow before =
          database
              .read(tx -> FeedRow.find(tx, name))
              .filter(row -> row.kind() == kind)
              .orElseGet(() -> FeedRow.fresh(name, kind, source));
      database.write(tx -> save(tx, before));
      try {
        Loading.Outcome outcome =
            new Loading(database, downloads, listener, before, now).from(source);
        return finish(before, source, now, outcome);
      } catch (FeedRefusedException e) {
        failed(before, now, String.valueOf(e.getMessage()));
        throw e;
      } catch (IOException e) {
        String why = source + " cannot be read: " + e.getMessage() + ".";
        failed(before, now, why);
        throw new FeedRefusedException(why);
      }
    } finally {
      loading.unlock();
    }
  }

  /// Looks whether another server loaded something.
  void look() throws DatabaseFault {
    loading.lock();
    try {
      Map<String, Long> known = Map.copyOf(revisions);
      remember();
      if (!known.equals(revisions)) {
        listener.touchedAll();
      }
    } finally {
      loading.unlock();
    }
  }

  private Load finish(FeedRow before, String source, Instant now, Loading.Outcome outcome)
      throws DatabaseFault {
    Load load = outcome.load();
    boolean isNew = before.loaded() == null || load.isChange();
    FeedRow after =
        database.write(tx -> {
          FeedRow row =
              new FeedRow(
                  before.name(),
                  before.kind(),
                  source,
                  now,
                  isNew ? now : before.loaded(),
                  outcome.confirmed(),
                  outcome.isWhole() ? now : before.whole(),
                  outcome.newest(),
                  outcome.stamp(),
                  FeedRow.counted(tx, before, load, outcome.isWhole()),
                  "",
                  before.revision() + (isNew ? 1 : 0));
          row.save(tx);
          return row;
        });
    remember();
    revisions.put(after.name(), after.revision());
    if (outcome.touchesAll()) {
      listener.touchedAll();
    } else if (!outcome.touched().isEmpty()) {
      listener.touched(outcome.touched());
    }
    return load;
  }

  private void failed(FeedRow before, Instant now, String why) throws DatabaseFault {
    database.write(tx -> save(tx, before.failed(now, BrokenRows.shown(why))));
    if (!before.kind().isAdvisories()) {
      remember(); // a part of a list may have taken hold
      listener.touchedAll();
    }
  }

  private static boolean save(org.jdbi.v3.core.Handle tx, FeedRow row) {
    row.save(tx);
    return true;
  }

  private void remember() throws DatabaseFault {
    record Memory(
        Map<String, Integer> ranks, Map<String, Integer> exploited, Map<String, Long> revisions) {}
    Memory memory =
        database.read(tx -> {
          Map<String, Long> read = new HashMap<>();
          FeedRow.all(tx).forEach(row -> read.put(row.name(), row.revision()));
          return new Memory(
              EntryRows.positions(tx, FeedKind.POPULAR),
              EntryRows.positions(tx, FeedKind.KEV),
              read);
        });
    ranks = java.util.Collections.unmodifiableMap(memory.ranks());
    exploited = java.util.Collections.unmodifiableMap(memory.exploited());
    revisions.clear();
    revisions.putAll(memory.revisions());
  }
}
