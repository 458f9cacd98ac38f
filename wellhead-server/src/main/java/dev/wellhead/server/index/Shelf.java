package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.Histories;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A source with all that answers from it. There is one of each source, however many views have it.
final class Shelf {
  private final Source source;
  private final Holdings holdings;
  private final Catalog catalog;
  private final Arrivals arrivals;
  private final MetadataFiles metadata;
  private final Histories histories;

  Shelf(
      Source source,
      Holdings holdings,
      Catalog catalog,
      Arrivals arrivals,
      MetadataFiles metadata,
      Histories histories) {
    this.source = source;
    this.holdings = holdings;
    this.catalog = catalog;
    this.arrivals = arrivals;
    this.metadata = metadata;
    this.histories = histories;
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

  /// The file that is served at `path`, which begins as this source's paths do.
  Optional<PlacedFile> fileAt(String path) throws DatabaseFault {
    return catalog
        .fileAt(source.id(), path.substring(source.prefix().length()))
        .map(placed -> new PlacedFile(placed.project(), source.placed(placed.file())));
  }

  /// What was held of a project at the end of `day`; empty where the project was never looked at.
  Optional<HeldProject> held(ProjectName name, LocalDate day) throws DatabaseFault {
    return histories.project(source.id(), name, day).map(source::placed);
  }

  /// The file that was served at `path` at the end of `day`.
  Optional<PlacedFile> fileAt(String path, LocalDate day) throws DatabaseFault {
    return histories
        .fileAt(source.id(), path.substring(source.prefix().length()), day)
        .map(placed -> new PlacedFile(placed.project(), source.placed(placed.file())));
  }

  /// How this source stood to a project at the end of `day`, which is over. The source itself is
  /// asked only for a project that was never looked at: that look decides what its past is.
  Standing standing(ProjectName name, LocalDate day) throws Exception {
    Optional<HeldProject> then = held(name, day);
    if (then.isEmpty()) {
      Standing now = holdings.current(name);
      if (!(now instanceof Standing.Current) && !(now instanceof Standing.Stale)) {
        return now;
      }
      then = held(name, day);
    }
    return then.filter(Shelf::answers)
        .<Standing>map(project -> new Standing.Current(project.revision(), Instant.MAX))
        .orElse(
            new Standing.Missing(
                source.words() + " had no file of " + name + " at the end of " + day + " (UTC)",
                Instant.MAX));
  }

  /// A project in quarantine answers with no files, so that nobody else answers in its place.
  private static boolean answers(HeldProject project) {
    return !project.files().isEmpty()
        || project.status().state() == ProjectStatus.State.QUARANTINED;
  }
}
