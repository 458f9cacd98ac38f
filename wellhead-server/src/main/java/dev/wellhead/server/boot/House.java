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
import dev.wellhead.server.firewall.FeedAlarms;
import dev.wellhead.server.firewall.FeedEcho;
import dev.wellhead.server.firewall.FeedIntelligence;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.http.HttpRefusedException;
import dev.wellhead.server.http.HttpServer;
import dev.wellhead.server.http.Route;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.CacheBudget;
import dev.wellhead.server.index.Eviction;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Delivery;
import dev.wellhead.server.release.BuildRetention;
import dev.wellhead.server.upstream.Surroundings;
import dev.wellhead.server.upstream.Upstream;
import dev.wellhead.server.upstream.UpstreamRefusedException;
import dev.wellhead.server.upstream.UpstreamSettings;
import dev.wellhead.server.web.AdminDoor;
import dev.wellhead.server.web.AdminSessions;
import dev.wellhead.server.web.HouseFirewall;
import dev.wellhead.server.web.Watch;
import dev.wellhead.server.web.WebDoor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
          RefusedException,
          IOException {
    Wiring wiring = new Wiring(settings, data);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Database database = keep(Database.open(wiring.database(), Wiring.HOUSE, seams.database()));
    Fetches fetches = fetches(wiring, entropy, seams);
    Blobs blobs = blobs(wiring, seams);
    List<IndexDoor.OtherIndex> sources = sources(wiring, entropy, metrics);
    Upkeep upkeep = keep(new Upkeep());
    CacheBudget budget = new CacheBudget(wiring.cacheBudget(), metrics, upkeep::wake);
    AtomicReference<@Nullable HttpServer> listening = new AtomicReference<>();
    Supplier<URI> publicUrl = () -> publicUrl(wiring, listening);
    FeedEcho echo = new FeedEcho();
    Feeds feeds = feeds(wiring, database, entropy, metrics, echo);
    Firewall firewall =
        Firewall.open(database, fetches, new FeedIntelligence(feeds), entropy.clock());
    echo.hearsFor(firewall);
    Watch watch =
        watch(
            new Delivery.Ground(database, entropy.clock(), entropy.random(), metrics, publicUrl),
            wiring);
    IndexDoor.Ground ground =
        new IndexDoor.Ground(
            database,
            blobs,
            fetches,
            firewall,
            sources,
            budget,
            keep(workshop()),
            metrics,
            entropy.clock());
    IndexDoor index = IndexDoor.open(ground, wiring.index(publicUrl));
    WebDoor.Rooms shown =
        new WebDoor.Rooms(
            index,
            new Catalog(database),
            new Ledger(database),
            fetches,
            sources.getFirst().upstream(),
            blobs,
            metrics,
            watch,
            () -> isDraining(listening));
    AdminSessions sessions = new AdminSessions(entropy.clock(), entropy.random());
    AdminRooms.Running running =
        new AdminRooms.Running(
            index, sessions, watch.alarms(), feeds, publicUrl, firewall, budget, upkeep.turns());
    AdminRooms rooms =
        new AdminRooms(settings, data, wiring, database, fetches, blobs, entropy, running);
    WebDoor web =
        new WebDoor(shown, wiring.web(publicUrl, sources.getFirst().index()), entropy.clock());
    listening.set(listen(web, rooms, running, metrics));
    begin(rooms, running, watch, upkeep);
  }

  private HttpServer listen(
      WebDoor web, AdminRooms rooms, AdminRooms.Running running, MeterRegistry metrics)
      throws HttpRefusedException {
    Router router = router(web, rooms, running);
    routes = router.routes();
    keep(running.index());
    Entropy entropy = rooms.entropy();
    HttpServer http =
        keep(
            HttpServer.start(
                rooms.wiring().http(), router, metrics, entropy.ticker(), entropy.random()));
    server = http;
    return http;
  }

  /// Starts what works by itself, now that there is a server to point to.
  private void begin(AdminRooms rooms, AdminRooms.Running running, Watch watch, Upkeep upkeep)
      throws DatabaseFault, IOException {
    watch.delivery().start();
    running.feeds().start();
    FeedAlarms feedAlarms =
        new FeedAlarms(running.feeds(), rooms.database(), rooms.entropy().clock());
    keep(PolicyWatch.start(running.firewall(), rooms.wiring().policyFile(), feedAlarms));
    listenForVerbs(rooms);
    Eviction eviction =
        new Eviction(rooms.database(), rooms.blobs(), rooms.fetches(), rooms.entropy().clock());
    BuildRetention retention =
        new BuildRetention(
            rooms.database(),
            rooms.blobs(),
            rooms.entropy().clock(),
            rooms.wiring().retentionRules());
    upkeep.start(
        List.of(goOn -> prune(retention, goOn), goOn -> keep(running.budget(), eviction, goOn)));
  }

  private static Duration prune(BuildRetention retention, BooleanSupplier goOn)
      throws DatabaseFault, IOException {
    int removed = retention.run(BuildRetention.Mode.REMOVE, goOn).size();
    if (removed > 0) {
      LOG.info("{} files of development builds had had their time and were removed", removed);
    }
    return Upkeep.LONGEST_SLEEP;
  }

  /// Keeps the files of other indexes within their budget.
  private static Duration keep(CacheBudget budget, Eviction eviction, BooleanSupplier goOn)
      throws DatabaseFault, IOException, InterruptedException {
    return switch (budget.keep(eviction, (_, _) -> goOn.getAsBoolean())) {
      case WITHIN -> Upkeep.LONGEST_SLEEP;
      case UNFINISHED -> Duration.ZERO;
      case OVER -> CacheBudget.UNTOUCHED;
    };
  }

  private static Blobs blobs(Wiring wiring, Seams seams) throws IOException {
    Blobs blobs = new Blobs(seams.blobs().apply(wiring.blobs()));
    blobs.sweepIncoming();
    return blobs;
  }

  private Fetches fetches(Wiring wiring, Entropy entropy, Seams seams)
      throws DatabaseRefusedException, DatabaseFault {
    return keep(
        Fetches.open(
            wiring.fetchesDatabase(), wiring.retention(), entropy.clock(), seams.fetches()));
  }

  private Watch watch(Delivery.Ground ground, Wiring wiring) throws DatabaseFault {
    Alarms alarms = new Alarms(ground.database(), ground.clock());
    alarms.measure(ground.metrics());
    return new Watch(alarms, keep(Delivery.open(ground, wiring.destinations())));
  }

  private void listenForVerbs(AdminRooms rooms) throws IOException {
    AdminSocket.open(rooms, Path.of("").toAbsolutePath()).ifPresent(this::keep);
  }

  private Feeds feeds(
      Wiring wiring,
      Database database,
      Entropy entropy,
      MeterRegistry metrics,
      FeedListener listener)
      throws DatabaseFault {
    FeedFetcher fetcher = keep(new FeedFetcher(wiring, entropy.surroundings(metrics)));
    return keep(
        Feeds.open(
            new Feeds.Ground(database, entropy.clock(), fetcher, wiring.feedScratch()),
            wiring.feeds(),
            listener));
  }

  private static Router router(WebDoor web, AdminRooms rooms, AdminRooms.Running running) {
    IndexDoor index = running.index();
    Firewall firewall = running.firewall();
    AdminDoor admin = web.admin(running.sessions());
    HouseFirewall pages =
        new HouseFirewall(
            firewall, running.feeds(), index, rooms.fetches(), rooms.entropy().clock());
    FeedsDoor osv = new FeedsDoor(running.feeds(), () -> ownBlocks(firewall));
    Router.Builder routes = Router.builder().memory(index::fromMemory);
    web.watched(admin, pages, admin.routes(web.routes(index.routes(routes))));
    return osv.routes(routes).build();
  }

  private static List<OwnBlocks.OwnBlock> ownBlocks(Firewall firewall) throws DatabaseFault {
    return firewall.hand().blocks().stream()
        .map(block -> new OwnBlocks.OwnBlock(block.pattern(), block.reason(), block.since()))
        .toList();
  }

  private static ExecutorService workshop() {
    return Executors.newFixedThreadPool(
        Math.max(2, Runtime.getRuntime().availableProcessors()),
        Thread.ofPlatform().name("workshop-", 0).daemon().factory());
  }

  private List<IndexDoor.OtherIndex> sources(Wiring wiring, Entropy entropy, MeterRegistry metrics)
      throws UpstreamRefusedException, RefusedException {
    List<IndexDoor.OtherIndex> sources = new ArrayList<>();
    for (Map.Entry<String, Settings.Upstream> source : wiring.sources().entrySet()) {
      UpstreamSettings asked = wiring.upstream(source.getValue());
      Surroundings surroundings = entropy.surroundings(metrics);
      sources.add(
          new IndexDoor.OtherIndex(
              source.getKey(),
              asked.index(),
              keep(opened(source.getKey(), asked, surroundings)),
              source.getValue().freshFor(),
              source.getValue().absentFor()));
    }
    return sources;
  }

  /// What is wrong with a further source is said by the names of its own settings.
  private static Upstream opened(String name, UpstreamSettings asked, Surroundings surroundings)
      throws UpstreamRefusedException, RefusedException {
    try {
      return Upstream.open(asked, surroundings);
    } catch (UpstreamRefusedException e) {
      if (name.equals(Wiring.UPSTREAM)) {
        throw e;
      }
      String sentence = String.valueOf(e.getMessage());
      throw new RefusedException(sentence.replace("upstream.", "source." + name + "."), e);
    }
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
