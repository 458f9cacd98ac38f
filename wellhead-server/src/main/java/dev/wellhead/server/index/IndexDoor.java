package dev.wellhead.server.index;

import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldNames;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PageMemory;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.firewall.Firewall;
import dev.wellhead.server.http.Handler;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.upstream.Health;
import dev.wellhead.server.upstream.Upstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The reading door: its routes, and what answers them.
public final class IndexDoor implements AutoCloseable {
  private final Shelves shelves;
  private final Page page;
  private final NameIndex search;
  private final Download download;
  private final Provenance provenance;
  private final Legacy legacy;
  private final InstantSource clock;

  private IndexDoor(
      Shelves shelves,
      Page page,
      NameIndex search,
      Download download,
      Provenance provenance,
      Legacy legacy,
      InstantSource clock) {
    this.shelves = shelves;
    this.page = page;
    this.search = search;
    this.download = download;
    this.provenance = provenance;
    this.legacy = legacy;
    this.clock = clock;
  }

  /// What the door stands on.
  ///
  /// @param sources the other indexes, the one whose files have the short paths under the name
  ///   `upstream`
  /// @param budget is told of files that arrive from other indexes
  /// @param workshop a bounded pool of platform threads for rendering
  public record Ground(
      Database database,
      Blobs blobs,
      Fetches fetches,
      Firewall firewall,
      List<OtherIndex> sources,
      CacheBudget budget,
      ExecutorService workshop,
      MeterRegistry metrics,
      InstantSource clock) {
    public Ground {
      sources = List.copyOf(sources);
    }
  }

  /// Another index.
  ///
  /// @param index the root of its Simple API: another one is another source
  /// @param freshFor how long a page counts as fresh after it was confirmed
  /// @param absentFor how long it is believed that a project does not exist
  public record OtherIndex(
      String name, URI index, Upstream upstream, Duration freshFor, Duration absentFor) {}

  public static IndexDoor open(Ground ground, IndexSettings settings) throws DatabaseFault {
    InstantSource clock = ground.clock();
    ServedLinks links = new ServedLinks(settings.publicUrl());
    Shelves shelves = Shelves.open(ground, settings);
    Forms forms =
        new Forms(ground.workshop(), links, shelves.gate(), settings.pageCacheBytes(), clock);
    Page page = new Page(shelves.views(), forms, clock);
    Locator locator = new Locator(shelves.all(), shelves.own(), shelves.gate(), clock);
    NameIndex search =
        new NameIndex(
            new HeldNames(ground.database()),
            shelves.all().stream().map(IndexDoor::searched).toList(),
            shelves::lists,
            (name, origin) -> isShown(shelves.own(), name, origin),
            ground.workshop(),
            clock);
    return new IndexDoor(
        shelves,
        page,
        search,
        new Download(locator, ground.fetches(), clock),
        new Provenance(page, locator, clock),
        new Legacy(page, forms, locator, links),
        clock);
  }

  private static NameIndex.Held searched(Shelf shelf) {
    return new NameIndex.Held(
        shelf.source().id(),
        shelf.source() instanceof Source.Hosted ? FoundName.Origin.HOSTED : FoundName.Origin.SEEN);
  }

  /// A reserved name is found where it is hosted and nowhere else.
  private static boolean isShown(OwnNames own, String name, FoundName.Origin origin) {
    return origin == FoundName.Origin.HOSTED
        || ProjectName.of(name)
            .filter(project -> own.rememberedReservation(project) != null)
            .isEmpty();
  }

  private interface ViewHandler {
    Response answer(Request request, View view) throws Exception;
  }

  /// Adds the door's routes: of the default view, and below the name of every view.
  public Router.Builder routes(Router.Builder router) {
    Handler toRoot =
        request -> Response.status(301).header("Location", request.path() + "/").empty();
    route(router, "/simple", (request, _) -> toRoot.handle(request));
    route(router, "/simple/", (request, view) -> shelves.names(view).answer(request));
    route(router, "/simple/{project}/", page::answer);
    route(router, "/simple/{project}", page::answer);
    route(router, "/files/{path...}", download::answer);
    route(router, "/integrity/{project}/{version}/{filename}/provenance", provenance::answer);
    route(router, "/pypi/{project}/json", legacy::project);
    route(router, "/pypi/{project}/{version}/json", legacy::release);
    return router;
  }

  private void route(Router.Builder router, String pattern, ViewHandler handler) {
    Views views = shelves.views();
    router
        .route("GET", pattern, request -> handler.answer(request, views.standard()))
        .route(
            "GET",
            "/{view}" + pattern,
            request -> {
              Optional<View> view = views.of(request.parameter("view"));
              return view.isEmpty()
                  ? views.unknown(request.parameter("view"))
                  : handler.answer(request, view.get());
            });
  }

  /// The projects whose names fit best what was typed so far, at most `most`, among all that are
  /// hosted, seen or listed; asks no source.
  public FoundNames search(String typed, int most)
      throws DatabaseFault, IOException, InterruptedException {
    var _ = shelves.own().reservations(); // from then on memory knows them
    return search.find(typed, most);
  }

  /// What the names that are searched take in memory, in bytes; 0 before the first search.
  public long searchedBytes() {
    return search.bytes();
  }

  /// A project as `view` shows it now, the sources asked where that is due; empty where the view
  /// does not have it, or where there is no such view.
  ///
  /// @throws Exception where it could not be found out: a fault of ours
  public Optional<Look> look(String view, ProjectName name) throws Exception {
    Optional<View> seen = shelves.views().of(view);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    return switch (seen.get().find(name)) {
      case Finding.Found found -> {
        View.Shown shown = seen.get().shown(name, found);
        Source first = found.parts().getFirst().shelf().source();
        Standing standing = found.parts().getFirst().standing();
        yield Optional.of(
            new Look(
                first.name(),
                shown.joined(),
                shown.project(),
                words(first, standing),
                new Look.Rulings(shown)));
      }
      case Finding.Reserved(String why) ->
          Optional.of(
              new Look(
                  Source.HOSTED,
                  List.of(),
                  reserved(name, why),
                  name + " " + why,
                  Look.Rulings.NONE));
      case Finding.None _ -> Optional.empty();
    };
  }

  private static String words(Source source, Standing standing) {
    return switch (standing) {
      case Standing.Current _ when source instanceof Source.Hosted -> "at home in this index";
      case Standing.Stale(long _, Instant since, String why, Instant _) ->
          "not confirmed by " + source.words() + " since " + since + ": " + why;
      case Standing.Current _, Standing.Missing _, Standing.Refused _, Standing.Unreachable _ ->
          "as " + source.words() + " has it";
    };
  }

  private HeldProject reserved(ProjectName name, String why) {
    return new HeldProject(
        name,
        new ProjectStatus(ProjectStatus.State.QUARANTINED, name + " " + why),
        List.of(),
        null,
        List.of(),
        clock.instant(),
        null,
        new PageMemory(null, null, ""),
        0);
  }

  /// The views, the default one first.
  public List<ViewSummary> views() {
    return shelves.views().all().stream().map(View::summary).toList();
  }

  /// The sources, `hosted` first and then in the order of the settings.
  public List<SourceSummary> sources() throws DatabaseFault {
    List<SourceSummary> summaries = new ArrayList<>();
    for (Shelf shelf : shelves.all()) {
      Source source = shelf.source();
      Catalog.Counts held = shelves.catalog().counts(source.id());
      Health health = source instanceof Source.Asked asked ? asked.upstream().health() : null;
      RefusedPage refused =
          shelf.holdings() instanceof Projects projects ? projects.lastRefused() : null;
      summaries.add(
          new SourceSummary(
              source.name(),
              source.url(),
              health == null ? "At home here." : health.state(),
              health,
              refused,
              held.projects(),
              held.files()));
    }
    return summaries;
  }

  /// Reserved names, as this door heeds them.
  public Reservations reservations() {
    return shelves.reservations();
  }

  /// How many questions about names of our own another index would have heard, since the start.
  public long keptQuestions() {
    return shelves.own().counted();
  }

  /// What copies of other indexes' files take of their budget; null where there is none.
  public CacheBudget.@Nullable Standing budget() {
    return shelves.budget().standing();
  }

  /// The page of an upstream that was refused last, since the start.
  public Optional<RefusedPage> lastRefused() {
    return shelves.all().stream()
        .flatMap(shelf ->
            shelf.holdings() instanceof Projects projects
                ? Optional.ofNullable(projects.lastRefused()).stream()
                : Stream.empty())
        .max(Comparator.comparing(RefusedPage::at));
  }

  /// METADATA of a release out of one of its wheels that may leave, found as for their `.metadata`;
  /// empty where there is none.
  ///
  /// @throws Exception a fault
  public Optional<MetadataDocument> metadata(Look look, String version) throws Exception {
    View.Shown shown = look.rulings().shown();
    return shown == null
        ? Optional.empty()
        : legacy.metadata(look.project().name(), shown, version);
  }

  /// The answer to a request that needs nothing but memory; never waits.
  public Optional<Response> fromMemory(Request request) {
    Optional<Response> known = page.fromMemory(request);
    return known.isPresent() ? known : download.fromMemory(request);
  }

  /// Waits for files that are arriving; nothing new begins.
  @Override
  public void close() {
    shelves.all().forEach(shelf -> shelf.arrivals().close());
  }
}
