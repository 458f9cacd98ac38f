package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.Histories;
import dev.wellhead.server.catalog.Hosting;
import dev.wellhead.server.catalog.OwnChanges;
import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.db.DatabaseFault;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Makes the sources and the views over them.
final class Shelves {
  private final SequencedMap<String, Shelf> shelves = new LinkedHashMap<>();
  private final Map<Source, NameList> lists = new HashMap<>();
  private final Map<String, Names> names = new HashMap<>();
  private final IndexDoor.Ground ground;
  private final IndexSettings settings;
  private final Catalog catalog;
  private final OwnNames own;
  private final Past past;
  private final Gate gate;
  private final Reservations reservations;
  private final Views views;

  private Shelves(IndexDoor.Ground ground, IndexSettings settings) throws DatabaseFault {
    this.ground = ground;
    this.settings = settings;
    this.catalog = new Catalog(ground.database());
    OwnChanges changes = new OwnChanges(ground.database(), ground.clock());
    Reserved reserved = new Reserved(ground.database(), changes);
    Shelf hosted = hosted(changes);
    own = new OwnNames(reserved, changes, catalog, hosted, ground.metrics());
    reservations = new Reservations(ground.database(), ground.clock(), changes, reserved);
    past = new Past(new Histories(ground.database()));
    gate = new Gate(ground.firewall(), new Stops(settings.publicUrl()));
    shelves.put(Source.HOSTED, hosted);
    for (IndexDoor.OtherIndex other : ground.sources()) {
      Shelf shelf = asked(other);
      shelves.put(other.name(), shelf);
      lists.put(shelf.source(), list(shelf.source()));
    }
    SequencedMap<String, View> made = new LinkedHashMap<>();
    for (ViewSummary view : settings.views()) {
      View one = view(view);
      made.put(view.name(), one);
      names.put(
          view.name(),
          new Names(
              one,
              lists,
              own,
              settings.cacheFolder().resolve("views").resolve(view.name()),
              ground.clock()));
    }
    views = new Views(made, ground.clock());
  }

  static Shelves open(IndexDoor.Ground ground, IndexSettings settings) throws DatabaseFault {
    return new Shelves(ground, settings);
  }

  /// All of them, the hosted one first.
  List<Shelf> all() {
    return List.copyOf(shelves.values());
  }

  Views views() {
    return views;
  }

  /// The list of a view's names; that of an earlier day is the same.
  Names names(View view) {
    Names list = names.get(Views.base(view.name()));
    if (list == null) {
      throw new IllegalArgumentException("no view of ours: " + view.name());
    }
    return list;
  }

  /// The newest lists of names that are here, of all sources, a name on each line.
  List<Path> lists() {
    return lists.values().stream().flatMap(list -> list.file().stream()).toList();
  }

  CacheBudget budget() {
    return ground.budget();
  }

  Gate gate() {
    return gate;
  }

  OwnNames own() {
    return own;
  }

  Reservations reservations() {
    return reservations;
  }

  Catalog catalog() {
    return catalog;
  }

  private Shelf hosted(OwnChanges changes) throws DatabaseFault {
    Source.Hosted source =
        new Source.Hosted(
            ground.database().write(tx -> Hosting.source(tx, ground.clock().instant())));
    // Blob first, row second: what a row names is here, unless somebody took it away.
    Arrivals arrivals =
        new Arrivals(
            ground.blobs(),
            new HostedBytes(catalog, source.id()),
            ground.clock(),
            CacheBudget.none()); // what is hosted is no cache
    return new Shelf(
        source,
        new HostedProjects(catalog, source.id(), changes),
        catalog,
        arrivals,
        new MetadataFiles(source, catalog, ground.blobs(), arrivals, ground.clock()));
  }

  private Shelf asked(IndexDoor.OtherIndex other) throws DatabaseFault {
    Source.Asked source =
        new Source.Asked(
            other.name(),
            catalog.source(other.index(), ground.clock().instant()),
            other.index(),
            other.upstream(),
            other.freshFor(),
            other.absentFor());
    Arrivals arrivals =
        new Arrivals(ground.blobs(), other.upstream()::file, ground.clock(), ground.budget());
    return new Shelf(
        source,
        new Projects(ground.database(), catalog, source, settings, ground.clock()),
        catalog,
        arrivals,
        new MetadataFiles(source, catalog, ground.blobs(), arrivals, ground.clock()));
  }

  private NameList list(Source source) {
    if (!(source instanceof Source.Asked asked)) {
      throw new IllegalArgumentException("nobody to ask: " + source);
    }
    return new NameList(
        asked,
        settings.cacheFolder().resolve("sources").resolve(source.name()),
        settings.retryAfter(),
        ground.clock());
  }

  private View view(ViewSummary view) {
    Map<ProjectName, List<Shelf>> joins = new HashMap<>();
    view.joins()
        .forEach((name, from) ->
            ProjectName.of(name).ifPresent(project -> joins.put(project, shelves(from))));
    return new View(view.name(), shelves(view.sources()), joins, view.freeze(), own, past, gate);
  }

  private List<Shelf> shelves(List<String> names) {
    return names.stream().map(this::shelf).toList();
  }

  private Shelf shelf(String name) {
    Shelf shelf = shelves.get(name);
    if (shelf == null) {
      throw new IllegalArgumentException("a view names a source that is not there: " + name);
    }
    return shelf;
  }
}
