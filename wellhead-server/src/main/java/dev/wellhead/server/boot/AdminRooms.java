package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedListener;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.firewall.Adopted;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.firewall.HandDecisions;
import dev.wellhead.server.firewall.Policies;
import dev.wellhead.server.index.CacheBudget;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.notify.Alarms;
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
  ///
  /// @param budget counts what verbs evict
  /// @param turns who may change things, verbs and the server's own work
  record Running(
      IndexDoor index,
      AdminSessions sessions,
      Alarms alarms,
      Feeds feeds,
      Supplier<URI> publicUrl,
      Firewall firewall,
      CacheBudget budget,
      Turns turns) {}

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

  /// What people decided by hand, so that it holds at once where a server runs.
  HandDecisions decisions() {
    return running == null
        ? new HandDecisions(database, entropy.clock())
        : running.firewall().hand();
  }

  Policies policies() {
    return running == null
        ? new Policies(database, fetches, entropy.clock())
        : running.firewall().policies();
  }

  Adopted adopted() {
    return running == null ? new Adopted(database, entropy.clock()) : running.firewall().adopted();
  }

  Ledger ledger() {
    return new Ledger(database);
  }
}
