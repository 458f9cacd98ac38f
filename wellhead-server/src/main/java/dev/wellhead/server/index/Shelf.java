package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.db.DatabaseFault;
import java.util.Optional;

/// A source with all that answers from it. There is one of each source, however many views have it.
final class Shelf {
  private final Source source;
  private final Holdings holdings;
  private final Catalog catalog;
  private final Arrivals arrivals;
  private final MetadataFiles metadata;

  Shelf(
      Source source,
      Holdings holdings,
      Catalog catalog,
      Arrivals arrivals,
      MetadataFiles metadata) {
    this.source = source;
    this.holdings = holdings;
    this.catalog = catalog;
    this.arrivals = arrivals;
    this.metadata = metadata;
  }

  Source source() {
    return source;
  }

  Holdings holdings() {
    return holdings;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  MetadataFiles metadata() {
    return metadata;
  }

  /// What is held of a project, its files with the paths at which they are served.
  Optional<HeldProject> held(ProjectName name) throws DatabaseFault {
    return catalog.project(source.id(), name).map(source::placed);
  }

  /// How often the project has changed, 0 where it was never seen.
  long revision(ProjectName name) throws DatabaseFault {
    return catalog.revision(source.id(), name);
  }

  /// The file that is served at `path`, which begins as this source's paths do.
  Optional<PlacedFile> fileAt(String path) throws DatabaseFault {
    return catalog.fileAt(source.id(), path.substring(source.prefix().length())).map(this::placed);
  }

  /// The file with the path at which it is served.
  PlacedFile placed(PlacedFile held) {
    return new PlacedFile(held.project(), source.placed(held.file()));
  }
}
