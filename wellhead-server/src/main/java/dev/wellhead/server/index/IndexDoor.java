package dev.wellhead.server.index;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.http.Request;
import dev.wellhead.server.http.Response;
import dev.wellhead.server.http.Router;
import dev.wellhead.server.upstream.Upstream;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// The reading door: its routes, and what answers them.
public final class IndexDoor implements AutoCloseable {
  private final Projects projects;
  private final Page page;
  private final Names names;
  private final Download download;
  private final Provenance provenance;
  private final Legacy legacy;
  private final Arrivals arrivals;

  private IndexDoor(
      Projects projects,
      Page page,
      Names names,
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
    Locator locator = new Locator(catalog, source, projects, clock);
    Arrivals arrivals = new Arrivals(ground.blobs(), ground.upstream());
    MetadataFiles metadata =
        new MetadataFiles(locator, source, catalog, ground.blobs(), arrivals, clock);
    return new IndexDoor(
        projects,
        page,
        new Names(source, settings, clock),
        new Download(locator, arrivals, metadata, ground.fetches(), clock),
        new Provenance(projects, page, source, clock),
        new Legacy(projects, page, forms, metadata, links),
        arrivals);
  }

  /// Adds the door's routes.
  public Router.Builder routes(Router.Builder router) {
    return router
        .route("GET", "/simple/", names::answer)
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

  /// The answer to a request that needs nothing but memory; never waits.
  public Optional<Response> fromMemory(Request request) {
    Optional<Response> known = page.fromMemory(request);
    return known.isPresent() ? known : download.fromMemory(request);
  }

  /// Waits for files that are arriving; nothing new begins.
  @Override
  public void close() {
    arrivals.close();
  }
}
