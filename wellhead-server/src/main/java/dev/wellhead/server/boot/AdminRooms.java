package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedListener;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.web.AdminSessions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the verbs of a data folder work with: the rooms of the running server, or rooms that were
/// opened for one verb.
///
/// @param settings as they are in force: the server's own where it runs
/// @param wiring makes of them what rooms take
/// @param running what is there only while a server runs
record AdminRooms(
    Settings settings,
    DataFolder folder,
    Wiring wiring,
    Database database,
    Fetches fetches,
    Blobs blobs,
    Entropy entropy,
    @Nullable Running running) {

  /// The doors of a running server.
  record Running(IndexDoor index, AdminSessions sessions, Feeds feeds, Supplier<URI> publicUrl) {}

  /// Work with feeds.
  interface FeedWork<T> {
    T run(Feeds feeds) throws RefusedException, DatabaseFault;
  }

  /// Works with the feeds of the running server, or with ones that are opened for this.
  <T> T feeds(FeedWork<T> work) throws RefusedException, DatabaseFault {
    if (running != null) {
      return work.run(running.feeds());
    }
    try (FeedFetcher fetcher =
            new FeedFetcher(wiring, entropy.surroundings(new SimpleMeterRegistry()));
        Feeds feeds =
            Feeds.open(
                new Feeds.Ground(database, entropy.clock(), fetcher, wiring.feedScratch()),
                wiring.feeds(),
                FeedListener.NONE)) {
      return work.run(feeds);
    }
  }

  Catalog catalog() {
    return new Catalog(database);
  }

  Ledger ledger() {
    return new Ledger(database);
  }
}
