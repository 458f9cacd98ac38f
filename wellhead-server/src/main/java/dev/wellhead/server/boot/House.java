package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.feeds.FeedListener;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.feeds.FeedsDoor;
import dev.wellhead.server.feeds.OwnBlocks;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.http.HttpRefusedException;
import dev.wellhead.server.http.HttpServer;
import dev.wellhead.server.http.Route;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.index.IndexSettings;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamRefusedException;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.server.web.AdminDoor;
import dev.wellhead.server.web.AdminSessions;
import dev.wellhead.server.web.WebDoor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running server: every room, made and wired.
final class House implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(House.class);

  // What is open, the last first; guarded by this.
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable HttpServer server;
  private List<Route> routes = List.of();

  private House() {}

  /// Opens every room over the data folder; the folder's lock is already held.
  ///
  /// @throws RefusedException where a room cannot be opened: a sentence for whoever starts it
  static House open(Settings settings, DataFolder data) throws RefusedException {
    return open(settings, data, Entropy.real(), Seams.NONE);
  }

  /// The same with a chosen clock and chance, and a test's hand between the rooms and what they
  /// stand on.
  static House open(Settings settings, DataFolder data, Entropy entropy, Seams seams)
      throws RefusedException {
    House house = new House();
    boolean whole = false;
    try {
      house.build(settings, data, entropy, seams);
      whole = true;
      return house;
    } catch (DatabaseRefusedException | UpstreamRefusedException | HttpRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException(
          "The database does not take what is written: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new RefusedException(
          "The data folder " + data.path() + " cannot be used: " + e.getMessage(), e);
    } finally {
      if (!whole) {
        house.close();
      }
    }
  }

  /// Where the server listens, with the port that it really got.
  URI url() {
    if (server == null) {
      throw new IllegalStateException("the house is not open");
    }
    return server.url();
  }

  /// Every route, in the order in which the rooms gave them.
  List<Route> routes() {
    return routes;
  }

  /// Stops accepting, lets downloads in flight end within the configured grace, closes every room.
  /// May be called twice.
  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable room = open.pop();
      try {
        room.close();
      } catch (Exception e) {
        // The edge of the process: the rooms below must be closed whatever this one says.
        LOG.warn("closing {} failed", room.getClass().getSimpleName(), e);
      }
    }
  }

  private void build(Settings settings, DataFolder data, Entropy entropy, Seams seams)
      throws DatabaseRefusedException,
          DatabaseFault,
          UpstreamRefusedException,
          HttpRefusedException,
          IOException {
    Wiring wiring = new Wiring(settings, data);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Database database = keep(Database.open(wiring.database(), Wiring.HOUSE, seams.database()));
    Fetches fetches =
        keep(
            Fetches.open(
                wiring.fetchesDatabase(), wiring.retention(), entropy.clock(), seams.fetches()));
    Blobs blobs = new Blobs(seams.blobs().apply(wiring.blobs()));
    blobs.sweepIncoming();
    List<IndexDoor.OtherIndex> sources = sources(wiring, entropy, metrics);
    IndexDoor.OtherIndex first = sources.getFirst();
    ExecutorService workshop = keep(workshop());
    Catalog catalog = new Catalog(database);
    AtomicReference<@Nullable HttpServer> listening = new AtomicReference<>();
    Supplier<URI> publicUrl = () -> publicUrl(wiring, listening);
    IndexSettings indexSettings = wiring.index(publicUrl);
    IndexDoor index =
        IndexDoor.open(
            new IndexDoor.Ground(
                database, blobs, fetches, sources, workshop, metrics, entropy.clock()),
            indexSettings);
    WebDoor web =
        new WebDoor(
            new WebDoor.Rooms(
                index,
                catalog,
                new Ledger(database),
                fetches,
                first.upstream(),
                blobs,
                metrics,
                () -> isDraining(listening)),
            wiring.web(publicUrl, first.index()),
            entropy.clock());
    Feeds feeds = feeds(wiring, database, entropy, metrics);
    AdminSessions sessions = new AdminSessions(entropy.clock(), entropy.random());
    Router router = router(index, web, web.admin(sessions), new FeedsDoor(feeds, OwnBlocks.NONE));
    routes = router.routes();
    keep(index);
    HttpServer http =
        keep(HttpServer.start(wiring.http(), router, metrics, entropy.ticker(), entropy.random()));
    listening.set(http);
    server = http;
    feeds.start();
    AdminRooms.Running running = new AdminRooms.Running(index, sessions, feeds, publicUrl);
    listenForVerbs(
        new AdminRooms(settings, data, wiring, database, fetches, blobs, entropy, running));
  }

  private void listenForVerbs(AdminRooms rooms) throws IOException {
    AdminSocket.open(rooms, Path.of("").toAbsolutePath()).ifPresent(this::keep);
  }

  private Feeds feeds(Wiring wiring, Database database, Entropy entropy, MeterRegistry metrics)
      throws DatabaseFault {
    FeedFetcher fetcher = keep(new FeedFetcher(wiring, entropy.surroundings(metrics)));
    return keep(
        Feeds.open(
            new Feeds.Ground(database, entropy.clock(), fetcher, wiring.feedScratch()),
            wiring.feeds(),
            FeedListener.NONE));
  }

  private static Router router(IndexDoor index, WebDoor web, AdminDoor admin, FeedsDoor feeds) {
    Router.Builder routes = Router.builder().memory(index::fromMemory);
    return feeds.routes(admin.routes(web.routes(index.routes(routes)))).build();
  }

  private static ExecutorService workshop() {
    return Executors.newFixedThreadPool(
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        Thread.ofPlatform().name("workshop-", 0).daemon().factory());
  }

  private List<IndexDoor.OtherIndex> sources(Wiring wiring, Entropy entropy, MeterRegistry metrics)
      throws UpstreamRefusedException {
    List<IndexDoor.OtherIndex> sources = new ArrayList<>();
    for (Map.Entry<String, Settings.Upstream> source : wiring.sources().entrySet()) {
      UpstreamSettings asked = wiring.upstream(source.getValue());
      Surroundings surroundings = entropy.surroundings(metrics);
      sources.add(
          new IndexDoor.OtherIndex(
              source.getKey(),
              asked.index(),
              keep(Upstream.open(asked, surroundings)),
              source.getValue().freshFor(),
              source.getValue().absentFor()));
    }
    return sources;
  }

  private static URI publicUrl(Wiring wiring, AtomicReference<@Nullable HttpServer> listening) {
    URI set = wiring.publicUrl();
    if (set != null) {
      return set;
    }
    HttpServer http = listening.get();
    if (http == null) {
      throw new IllegalStateException("no page is rendered before the server listens");
    }
    return http.url();
  }

  private static boolean isDraining(AtomicReference<@Nullable HttpServer> listening) {
    HttpServer http = listening.get();
    return http != null && http.draining();
  }

  private synchronized <T extends AutoCloseable> T keep(T room) {
    open.push(room);
    return room;
  }
}
