package dev.wellhead.server.index;

import dev.wellhead.core.pypi.NameSearch;
import dev.wellhead.core.pypi.PackedNames;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.HeldNames;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.index.FoundName.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names of all projects, hosted, seen and listed, to be searched while somebody types.
///
/// Nothing is in memory before the first search. From then on each search may find that names came
/// and have them read anew, in the workshop, while what was read before answers; so nobody has to
/// tell the index of a new name, not even another server on the same database. No source is ever
/// asked.
final class NameIndex {
  private static final Logger LOG = LoggerFactory.getLogger(NameIndex.class);
  private static final int PORTION = 10_000;

  /// Bytes of a name, its end included.
  private static final int TYPICAL = 15;

  /// For how long a search waits for names that are just being read, beyond the first time.
  private static final Duration PATIENCE = Duration.ofMillis(20);

  /// Looking for new names takes at most a thousandth of the time: it counts all that is held,
  /// which are 20 ms for 500,000 names...
  private static final int REST = 999;

  /// ...and happens this often, where somebody searches.
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /// A source whose projects are held here.
  record Held(SourceId source, Origin origin) {}

  /// Whether a name is shown to people. Here, and nowhere else, a search leaves names out.
  interface Shown {
    boolean shows(String name, Origin origin);
  }

  /// The files of the upstreams' lists of projects as they are now, a name on each line.
  interface Lists {
    List<Path> current();
  }

  /// The names of one place.
  ///
  /// @param place the held source or the file of a list
  /// @param version another one means that the names may be others
  private record Layer(Object place, long version, Origin origin, NameSearch names) {}

  private record Edition(List<Layer> layers, Instant lookAgain) {}

  private record Hit(NameSearch.Match match, Layer layer) {
    static final Comparator<Hit> BEST_FIRST =
        Comparator.comparing(Hit::match, NameSearch.Match.BY_FIT)
            .thenComparing(hit -> hit.layer().origin())
            .thenComparing(Hit::match, NameSearch.Match.BY_LENGTH);
  }

  private final HeldNames held;
  private final List<Held> sources;
  private final Lists lists;
  private final Shown shown;
  private final ExecutorService workshop;
  private final InstantSource clock;
  private volatile @Nullable Edition edition;

  /// The reading under way, or the last one; guarded by this.
  private @Nullable Future<Edition> reading;

  /// @param sources whose projects are held
  /// @param workshop a bounded pool of platform threads
  NameIndex(
      HeldNames held,
      List<Held> sources,
      Lists lists,
      Shown shown,
      ExecutorService workshop,
      InstantSource clock) {
    this.held = held;
    this.sources = List.copyOf(sources);
    this.lists = lists;
    this.shown = shown;
    this.workshop = workshop;
    this.clock = clock;
  }

  /// The projects whose names fit best what was typed, at most `most`: by fit ([NameSearch]), then
  /// what is here before what is only listed elsewhere, then the shorter names.
  FoundNames find(String typed, int most) throws DatabaseFault, IOException, InterruptedException {
    List<Layer> layers = current().layers();
    List<Hit> hits = new ArrayList<>();
    for (Layer layer : layers) {
      layer
          .names()
          .find(typed, most, name -> shown.shows(name, layer.origin()))
          .forEach(match -> hits.add(new Hit(match, layer)));
    }
    hits.sort(Hit.BEST_FIRST);
    Map<String, Hit> best = new LinkedHashMap<>();
    for (Hit hit : hits) {
      if (best.size() < most) {
        best.putIfAbsent(hit.match().name(), hit);
      }
    }
    Set<Hit> gone = gone(best.values());
    return new FoundNames(
        best.values().stream().map(hit -> found(hit, gone.contains(hit))).toList(),
        size(layers, false),
        size(layers, true));
  }

  /// What the names take in memory, in bytes.
  long bytes() {
    Edition known = edition;
    return known == null
        ? 0
        : known.layers().stream().mapToLong(layer -> layer.names().bytes()).sum();
  }

  private static FoundName found(Hit hit, boolean gone) {
    return new FoundName(hit.match().name(), hit.match().kind(), hit.layer().origin(), gone);
  }

  private static long size(List<Layer> layers, boolean listed) {
    return layers.stream()
        .filter(layer -> listed == (layer.origin() == Origin.LISTED))
        .mapToLong(layer -> layer.names().size())
        .sum();
  }

  private Set<Hit> gone(Iterable<Hit> hits) throws DatabaseFault {
    Set<Hit> all = new HashSet<>();
    for (Held source : sources) {
      Map<String, Hit> named = new LinkedHashMap<>();
      for (Hit hit : hits) {
        if (hit.layer().place().equals(source)) {
          named.put(hit.match().name(), hit);
        }
      }
      held.gone(source.source(), named.keySet()).forEach(name -> all.add(named.get(name)));
    }
    return all;
  }

  /// The names as of now where that takes no longer than a moment, else those of before.
  private Edition current() throws DatabaseFault, IOException, InterruptedException {
    Edition known = edition;
    if (known != null && clock.instant().isBefore(known.lookAgain())) {
      return known;
    }
    Future<Edition> look = look();
    try {
      return known == null ? look.get() : look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (known == null) {
        throw new IllegalStateException("nobody set a time for the first reading", e);
      }
      return known;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case DatabaseFault fault -> throw fault;
        case IOException fault -> throw fault;
        case RuntimeException bug -> throw bug;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private synchronized Future<Edition> look() {
    if (reading == null || reading.isDone()) {
      reading = workshop.submit(this::renew);
    }
    return reading;
  }

  /// Reads what is new; a fault leaves what was read before.
  private Edition renew() throws DatabaseFault, IOException {
    Edition known = edition;
    Instant begun = clock.instant();
    try {
      List<Layer> layers = layers(known == null ? List.of() : known.layers());
      Instant done = clock.instant();
      Duration rest = Duration.between(begun, done).multipliedBy(REST);
      edition = new Edition(layers, done.plus(shorter(rest, LONGEST_REST)));
    } catch (DatabaseFault | IOException e) {
      if (known == null) {
        throw e;
      }
      LOG.warn("new names of projects could not be read, the search goes on without them", e);
      edition = new Edition(known.layers(), clock.instant().plus(LONGEST_REST));
    }
    Edition renewed = edition;
    if (renewed == null) {
      throw new IllegalStateException("read, and no names");
    }
    return renewed;
  }

  private List<Layer> layers(List<Layer> before) throws DatabaseFault, IOException {
    List<Layer> layers = new ArrayList<>();
    for (Held source : sources) {
      long count = held.count(source.source());
      Layer known = known(before, source, count);
      layers.add(
          known == null ? new Layer(source, count, source.origin(), names(source, count)) : known);
    }
    for (Path list : lists.current()) {
      Layer known = known(before, list, 0);
      NameSearch names = known == null ? names(list) : known.names();
      if (names != null) {
        layers.add(new Layer(list, 0, Origin.LISTED, names));
      }
    }
    return List.copyOf(layers);
  }

  private static @Nullable Layer known(List<Layer> before, Object place, long version) {
    return before.stream()
        .filter(layer -> layer.place().equals(place) && layer.version() == version)
        .findFirst()
        .orElse(null);
  }

  private NameSearch names(Held source, long count) throws DatabaseFault {
    PackedNames.Builder names = new PackedNames.Builder(count * TYPICAL, count);
    String after = "";
    List<String> portion = held.next(source.source(), after, PORTION);
    while (!portion.isEmpty()) {
      portion.forEach(name -> ProjectName.of(name).ifPresent(names::add));
      after = portion.getLast();
      portion = portion.size() < PORTION ? List.of() : held.next(source.source(), after, PORTION);
    }
    return NameSearch.of(names.build());
  }

  /// The names of a list, or null where a newer list took its place meanwhile. Lines that are no
  /// names are passed over: a crash may have left the file damaged.
  private static @Nullable NameSearch names(Path list) throws IOException {
    PackedNames.Builder names;
    try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.ISO_8859_1)) {
      long size = Files.size(list);
      names = new PackedNames.Builder(size, size / TYPICAL);
      for (String name = lines.readLine(); name != null; name = lines.readLine()) {
        ProjectName.of(name).ifPresent(names::add);
      }
    } catch (NoSuchFileException e) {
      return null;
    }
    return NameSearch.of(names.build());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
