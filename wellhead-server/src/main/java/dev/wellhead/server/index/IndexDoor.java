package dev.wellhead.server.index;

import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldNames;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// The reading door: its routes, and what answers them.
public final class IndexDoor implements AutoCloseable {
  private final Projects projects;
  private final Page page;
  private final AllNames names;
  private final Download download;
  private final Provenance provenance;
  private final Legacy legacy;
  private final Arrivals arrivals;

  /// The names of all projects, as a list and to be searched.
  private record AllNames(Names list, NameIndex search) {}

  private IndexDoor(
      Projects projects,
      Page page,
      AllNames names,
      Download download,
      Provenance provenance,
      Legacy legacy,
      Arrivals arrivals) {
    this.projects = projects;
    this.page = page;
    this.names = names;
    this.download = download;
    this.provenance = provenance;
    this.legacy = legacy;
    this.arrivals = arrivals;
  }

  /// What the door stands on.
  ///
  /// @param index the root of the upstream's Simple API: another one is another source
  /// @param workshop a bounded pool of platform threads for rendering
  public record Ground(
      Database database,
      Blobs blobs,
      Fetches fetches,
      URI index,
      Upstream upstream,
      ExecutorService workshop,
      InstantSource clock) {}

  public static IndexDoor open(Ground ground, IndexSettings settings) throws DatabaseFault {
    InstantSource clock = ground.clock();
    Catalog catalog = new Catalog(ground.database());
    Source source =
        new Source(
            catalog.source(ground.index(), clock.instant()), ground.index(), ground.upstream());
    ServedLinks links = new ServedLinks(settings.publicUrl());
    Projects projects = new Projects(ground.database(), catalog, source, settings, clock);
    Forms forms = new Forms(ground.workshop(), links, settings.pageCacheBytes());
    Page page = new Page(projects, forms, clock);
    Names names = new Names(source, settings, clock);
    NameIndex search =
        new NameIndex(
            new HeldNames(ground.database()),
            List.of(new NameIndex.Held(source.id(), FoundName.Origin.SEEN)),
            () -> names.list().stream().toList(),
            (_, _) -> true,
            ground.workshop(),
            clock);
    Locator locator = new Locator(catalog, source, projects, clock);
    Arrivals arrivals = new Arrivals(ground.blobs(), ground.upstream());
    MetadataFiles metadata =
        new MetadataFiles(locator, source, catalog, ground.blobs(), arrivals, clock);
    return new IndexDoor(
        projects,
        page,
        new AllNames(names, search),
        new Download(locator, arrivals, metadata, ground.fetches(), clock),
        new Provenance(projects, page, source, clock),
        new Legacy(projects, page, forms, metadata, links),
        arrivals);
  }

  /// Adds the door's routes.
  public Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/simple/", names.list()::answer)
        .route("GET", "/simple", _ -> Response.status(301).header("Location", "/simple/").empty())
        .route("GET", "/simple/{project}/", page::answer)
        .route("GET", "/simple/{project}", page::answer)
        .route("GET", "/files/{path...}", download::answer)
        .route("GET", "/integrity/{project}/{version}/{filename}/provenance", provenance::answer)
        .route("GET", "/pypi/{project}/json", legacy::project)
        .route("GET", "/pypi/{project}/{version}/json", legacy::release);
  }

  /// The page of the upstream that was refused last, since the start.
  public Optional<RefusedPage> lastRefused() {
    return Optional.ofNullable(projects.lastRefused());
  }

  /// The projects whose names fit best what was typed so far, at most `most`, among all that are
  /// hosted, seen or listed; asks no source.
  public FoundNames search(String typed, int most)
      throws DatabaseFault, IOException, InterruptedException {
    return names.search().find(typed, most);
  }

  /// What the names that are searched take in memory, in bytes; 0 before the first search.
  public long searchedBytes() {
    return names.search().bytes();
  }

  /// A project as `view` shows it now, the sources asked where that is due; empty where the view
  /// does not have it, or where there is no such view.
  ///
  /// @throws Exception where it could not be found out: a fault, or a source that cannot be reached
  public Optional<Look> look(String view, ProjectName name) throws Exception {
    Standing standing = projects.current(name);
    return view.equals("default")
        ? projects
            .held(name)
            .map(held -> new Look("upstream", List.of(), held, standing.getClass().getSimpleName()))
        : Optional.empty();
  }

  /// METADATA of a release out of one of its wheels, found as for their `.metadata`; empty where
  /// none of `files` is a wheel that has any.
  ///
  /// @throws Exception a fault
  public Optional<MetadataDocument> metadata(
      ProjectName project, List<HeldFile> files, String version) throws Exception {
    return legacy.metadata(project, files, version);
  }

  /// The views, the default one first.
  public List<ViewSummary> views() {
    return List.of(new ViewSummary("default", List.of("hosted", "upstream"), Map.of(), null));
  }

  /// The sources, `hosted` first and then in the order of the settings.
  public List<SourceSummary> sources() throws DatabaseFault {
    return List.of();
  }

  /// The answer to a request that needs nothing but memory; never waits.
  public Optional<Response> fromMemory(Request request) {
    return page.fromMemory(request);
  }

  /// Waits for files that are arriving; nothing new begins.
  @Override
  public void close() {
    arrivals.close();
  }
}
