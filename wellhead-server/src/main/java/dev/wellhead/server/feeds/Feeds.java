package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Advisories and lists of others: what they say, how current they are, and how news come in.
///
/// Every question is answered from what is held here, whether their sources are up or not. A load
/// that fails leaves what is held as it is.
public final class Feeds implements AutoCloseable {
  private static final int SAMPLES = 20;
  private static final int CHUNK = 500;

  private final Ground ground;
  private final Map<String, FeedSettings> settings;
  private final Loader loader;
  private final Refresher refresher;

  /// What the room stands on.
  ///
  /// @param scratch a folder for downloads that do not last
  public record Ground(Database database, InstantSource clock, Fetcher fetcher, Path scratch) {}

  private Feeds(
      Ground ground, Map<String, FeedSettings> settings, Loader loader, Refresher refresher) {
    this.ground = ground;
    this.settings = settings;
    this.loader = loader;
    this.refresher = refresher;
  }

  /// Opens the room over what is held; asks no source before [#start].
  ///
  /// @param listener hears of every change from now on
  public static Feeds open(Ground ground, List<FeedSettings> feeds, FeedListener listener)
      throws DatabaseFault {
    Map<String, FeedSettings> settings = new LinkedHashMap<>();
    feeds.forEach(feed -> settings.put(feed.name(), feed));
    Loader loader = Loader.open(ground, listener);
    Refresher refresher = new Refresher(feeds, ground.database(), ground.clock(), loader);
    return new Feeds(ground, Collections.unmodifiableMap(settings), loader, refresher);
  }

  /// Begins to ask the sources, each as often as its settings say.
  public void start() {
    refresher.start();
  }

  /// Ends the asking; a load under way ends within its batch.
  @Override
  public void close() {
    refresher.close();
  }

  /// The advisories in force on a project, vanished ones among them, by id.
  public List<Held> advisories(ProjectName project) throws DatabaseFault {
    return records(project).stream()
        .map(Holdings.Copy::held)
        .filter(held -> !held.advisory().isWithdrawn())
        .toList();
  }

  /// The same with those that were withdrawn.
  public List<Held> advisoriesWithWithdrawn(ProjectName project) throws DatabaseFault {
    return records(project).stream().map(Holdings.Copy::held).toList();
  }

  /// The advisory of this id, withdrawn or not.
  public Optional<Held> advisory(String id) throws DatabaseFault {
    return record(id).map(Holdings.Copy::held);
  }

  /// The project's place in the lists of popular ones, from 1; by memory alone.
  public Optional<Integer> rank(ProjectName project) {
    return Optional.ofNullable(loader.ranks().get(project.normalized()));
  }

  /// The popular projects, each with its place; by memory alone.
  public Map<String, Integer> ranks() {
    return loader.ranks();
  }

  /// Whether a list of exploited vulnerabilities has the advisory under one of its names; by memory
  /// alone.
  public boolean isKnownExploited(Advisory advisory) {
    return Stream.concat(Stream.of(advisory.id()), advisory.aliases().stream())
        .anyMatch(loader.exploited()::containsKey);
  }

  /// The lines of block lists that name the project, or one of its versions.
  public List<ListedBlock> blocks(ProjectName project) throws DatabaseFault {
    return ground.database().read(tx -> EntryRows.blocks(tx, project.normalized()));
  }

  /// The lines of block lists that name this file.
  public List<ListedBlock> blocks(Sha256 sha256) throws DatabaseFault {
    return ground.database().read(tx -> EntryRows.blocks(tx, "sha256:" + sha256.hex()));
  }

  /// The lines of block lists that name one of these files.
  public List<ListedBlock> blocks(List<Sha256> digests) throws DatabaseFault {
    List<ListedBlock> found = new ArrayList<>();
    for (int from = 0; from < digests.size(); from += CHUNK) {
      List<String> subjects =
          digests.subList(from, Math.min(from + CHUNK, digests.size())).stream()
              .map(sha256 -> "sha256:" + sha256.hex())
              .toList();
      found.addAll(ground.database().read(tx -> EntryRows.blocks(tx, subjects)));
    }
    return List.copyOf(found);
  }

  /// Every feed that the settings name or that was ever loaded, by name.
  public List<FeedState> states() throws DatabaseFault {
    Instant now = ground.clock().instant();
    Map<String, FeedRow> rows = new java.util.TreeMap<>();
    Map<String, List<FeedState.Broken>> broken = new java.util.HashMap<>();
    ground
        .database()
        .read(tx -> {
          rows.clear();
          FeedRow.all(tx).forEach(row -> rows.put(row.name(), row));
          rows.keySet().forEach(name -> broken.put(name, BrokenRows.some(tx, name, SAMPLES)));
          return rows.size();
        });
    settings
        .values()
        .forEach(
            set -> rows.putIfAbsent(set.name(), FeedRow.fresh(set.name(), set.kind(), set.from())));
    List<FeedState> states = new ArrayList<>();
    rows.forEach((name, row) -> states.add(state(row, broken.getOrDefault(name, List.of()), now)));
    return List.copyOf(states);
  }

  /// How the feeds of a kind stand together: as the best of them does.
  public Standing standing(FeedKind kind) throws DatabaseFault {
    Standing best = new Standing.NotConfigured();
    for (FeedState state : states()) {
      if (state.kind() == kind) {
        best = better(best, state.standing());
      }
    }
    return best;
  }

  /// Loads a feed of the settings from where they say.
  ///
  /// @throws FeedRefusedException where it cannot be loaded; what is held stays
  public Load load(String name) throws FeedRefusedException, DatabaseFault {
    FeedSettings set = settings.get(name);
    if (set == null) {
      throw new FeedRefusedException(
          "The settings name no feed " + name + ": say of which kind it is, and where it lies.");
    }
    if (set.from().isEmpty()) {
      throw new FeedRefusedException(
          "The settings do not say where feed " + name + " lies: name a path or a URL.");
    }
    return loader.load(name, set.kind(), set.from());
  }

  /// Loads a feed from a path or a URL, whatever the settings say of its place.
  ///
  /// @param kind null where the settings, or an earlier load, say it
  /// @throws FeedRefusedException where it cannot be loaded; what is held stays
  public Load load(String name, @Nullable FeedKind kind, String from)
      throws FeedRefusedException, DatabaseFault {
    if (!FeedSettings.isName(name)) {
      throw new FeedRefusedException(
          "A feed's name has lower-case letters, digits and hyphens, 40 at most.");
    }
    FeedSettings set = settings.get(name);
    FeedKind known = set == null ? loader.kind(name) : set.kind();
    if (known == null && kind == null) {
      throw new FeedRefusedException("Nothing says of which kind feed " + name + " is: name it.");
    }
    if (known != null && kind != null && known != kind) {
      throw new FeedRefusedException(
          "Feed " + name + " is of kind " + known.word() + ": take another name.");
    }
    return loader.load(name, kind == null ? java.util.Objects.requireNonNull(known) : kind, from);
  }

  /// Asks every source that is due; what fails is noted in its state.
  void refreshDue() throws DatabaseFault {
    refresher.refreshDue();
  }

  /// What is held of a project, with the records' JSON.
  List<Holdings.Copy> records(ProjectName project) throws DatabaseFault {
    return Holdings.of(ground.database().read(tx -> AdvisoryRows.of(tx, project)));
  }

  /// What is held of an id, with the record's JSON.
  Optional<Holdings.Copy> record(String id) throws DatabaseFault {
    return Holdings.of(ground.database().read(tx -> AdvisoryRows.of(tx, id))).stream().findFirst();
  }

  private FeedState state(FeedRow row, List<FeedState.Broken> broken, Instant now) {
    FeedSettings set = settings.get(row.name());
    Instant confirmed = row.confirmed();
    Duration grace = set == null ? row.kind().usualGrace() : set.grace();
    return new FeedState(
        row.name(),
        row.kind(),
        row.source(),
        row.loaded(),
        confirmed,
        row.newest(),
        new FeedState.Amount(
            row.counts().records(), row.counts().vanished(), row.counts().broken()),
        confirmed == null || confirmed.isAfter(now)
            ? Duration.ZERO
            : Duration.between(confirmed, now),
        row.trouble(),
        broken,
        standing(confirmed, grace, now));
  }

  private static Standing standing(@Nullable Instant confirmed, Duration grace, Instant now) {
    if (confirmed == null) {
      return new Standing.NotConfigured();
    }
    Instant end = confirmed.plus(grace);
    return end.isBefore(now) ? new Standing.Quiet(end) : new Standing.Current();
  }

  private static Standing better(Standing one, Standing other) {
    return order(one) >= order(other) ? one : other;
  }

  private static int order(Standing standing) {
    return switch (standing) {
      case Standing.NotConfigured _ -> 0;
      case Standing.Quiet _ -> 1;
      case Standing.Current _ -> 2;
    };
  }
}
