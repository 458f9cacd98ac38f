package dev.wellhead.server.web;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.http.Problem;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.index.IndexDoor;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.upstream.Upstream;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The pages for people and for what watches the server.
public final class WebDoor {
  private static final int MOST_ROWS = 20;
  private static final int FEW_ROWS = 6;

  private final Rooms rooms;
  private final WebSettings settings;
  private final InstantSource clock;
  private final Instant since;
  private final StaticFiles files = new StaticFiles();
  private final Pages pages;
  private final StoreSize store;
  private final ProjectPages projects;
  private final JsonMapper json = new JsonMapper();
  private final byte[] description;
  private volatile boolean hasFirewall;

  /// What the pages tell of.
  ///
  /// @param draining whether the server is on its way out
  public record Rooms(
      IndexDoor index,
      Catalog catalog,
      Ledger ledger,
      Fetches fetches,
      Upstream upstream,
      Blobs blobs,
      PrometheusMeterRegistry metrics,
      Watch watch,
      BooleanSupplier draining) {}

  public WebDoor(Rooms rooms, WebSettings settings, InstantSource clock) {
    this.rooms = rooms;
    this.settings = settings;
    this.clock = clock;
    this.since = clock.instant();
    this.pages =
        new Pages(
            files,
            new Ways(
                settings.version(),
                rooms.watch()::open,
                rooms.watch()::remembered,
                () -> hasFirewall));
    this.store = new StoreSize(rooms.blobs(), clock);
    this.projects =
        new ProjectPages(
            rooms.index(), rooms.catalog(), new Insides(rooms.blobs(), clock), pages, clock);
    this.description = StaticFiles.bytes("openapi.json");
  }

  /// Adds the door's routes, and pages for problems.
  public Router.Builder routes(Router.Builder router) {
    Searching search = new Searching(rooms.index(), pages, json, rooms.metrics());
    return router
        .problems(pages)
        .route("GET", "/", this::home)
        .route("GET", "/live", request -> pages.page(request, "live.jte", live(request)))
        .route("GET", "/traffic.json", _ -> json(traffic(clock.instant()).json()))
        .route("GET", "/projects/{project}", projects::project)
        .route("GET", "/projects/{project}/{version}", projects::release)
        .route("GET", "/projects/{project}/{version}/{filename}", projects::file)
        .route("GET", "/search", search::page)
        .route("GET", "/search.json", search::json)
        .route("GET", "/sources", this::sources)
        .route("GET", "/settings", this::settings)
        .route("GET", "/status", this::status)
        .route("GET", "/status.json", _ -> json(status().json()))
        .route("GET", "/healthz", _ -> text(200, "ok\n"))
        .route("GET", "/readyz", this::ready)
        .route("GET", "/metrics", _ -> metrics())
        .route("GET", "/openapi.json", _ -> description())
        .route("GET", "/static/{name}", files::answer)
        .route("GET", "/favicon.ico", _ -> Response.status(204).empty());
  }

  private Response home(Request request) throws DatabaseFault {
    Live live = live(request);
    return pages.page(
        request, "home.jte", new Home(live.shell(), new SetUp(settings.publicUrl().get()), live));
  }

  private Response sources(Request request) throws DatabaseFault {
    return pages.page(
        request,
        "sources.jte",
        new SourcesPage(
            pages.shell(request),
            clock.instant(),
            settings.publicUrl().get(),
            rooms.index().views(),
            rooms.index().sources()));
  }

  private Response settings(Request request) {
    return pages.page(
        request, "settings.jte", SettingsPage.of(pages.shell(request), settings.inForce()));
  }

  private Response status(Request request) throws DatabaseFault {
    Live live = live(request);
    return pages.page(request, "status.jte", new StatusPage(live.shell(), status(), live));
  }

  private Live live(Request request) throws DatabaseFault {
    Instant now = clock.instant();
    return new Live(
        pages.shell(request),
        now,
        rooms.index().sources(),
        rooms.catalog().counts(),
        rooms.fetches().totals(),
        traffic(now),
        store.last().orElse(null),
        rooms.catalog().newestEvents(FEW_ROWS));
  }

  private Traffic traffic(Instant now) throws DatabaseFault {
    return Traffic.upTo(now, rooms.fetches().hours(Traffic.first(now)));
  }

  private Status status() throws DatabaseFault {
    return new Status(
        settings.version(),
        clock.instant(),
        since,
        settings.index().toString(),
        settings.database(),
        rooms.upstream().health(),
        rooms.index().lastRefused().orElse(null),
        new Status.Here(
            rooms.catalog().counts(),
            rooms.ledger().waiting(),
            rooms.index().keptQuestions(),
            rooms.index().budget()),
        rooms.fetches().totals(),
        rooms.fetches().mostFetched(MOST_ROWS),
        rooms.catalog().newestEvents(MOST_ROWS));
  }

  /// The administrator's pages, in the same shell.
  public AdminDoor admin(AdminSessions sessions) {
    return new AdminDoor(sessions, settings.publicUrl(), pages, rooms.index().reservations());
  }

  /// Adds the routes of what people watch: alarms, and the firewall where there is one.
  public Router.Builder watched(
      AdminDoor admin, @Nullable FirewallSource firewall, Router.Builder router) {
    hasFirewall = firewall != null;
    new AlarmPages(rooms.watch(), admin, pages, clock).routes(router);
    return firewall == null
        ? router
        : new FirewallPages(firewall, admin, pages, clock).routes(router);
  }

  /// Ready while the database answers and the server is not on its way out. The upstream has no
  /// part in it: what is held is served without it.
  private Response ready(Request request) {
    if (rooms.draining().getAsBoolean()) {
      return Problem.of(503, "Stopping", "The server is on its way out.").toResponse();
    }
    try {
      rooms.catalog().probe();
      return text(200, "ready\n");
    } catch (DatabaseFault e) {
      return Problem.of(503, "Not ready", "The database does not answer; the log says why.")
          .toResponse();
    }
  }

  private Response json(Object value) {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", json.writeValueAsBytes(value));
  }

  private Response metrics() {
    return Response.status(200)
        .header("Cache-Control", "no-store")
        .bytes(
            "text/plain; version=0.0.4; charset=utf-8",
            rooms.metrics().scrape().getBytes(StandardCharsets.UTF_8));
  }

  private Response description() {
    return Response.status(200)
        .header("Cache-Control", "max-age=3600")
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff")
        .bytes("application/json", description);
  }

  private static Response text(int status, String text) {
    return Response.status(status)
        .header("Cache-Control", "no-store")
        .bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
