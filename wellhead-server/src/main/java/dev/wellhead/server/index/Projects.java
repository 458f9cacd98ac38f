package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectPage;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.PageChange;
import dev.wellhead.server.catalog.PageMemory;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.Unit;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.upstream.PageAnswer;
import dev.wellhead.server.upstream.Validators;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is held of each project as fresh as the settings ask, by the requests that pass: no
/// timer is needed for a right answer.
final class Projects implements Holdings {
  private static final Logger LOG = LoggerFactory.getLogger(Projects.class);

  /// Enough for fifty thousand projects; names that nobody has are kept too, and strangers make
  /// them up as long as may be.
  private static final long STANDINGS_BYTES = 16L << 20;

  private static final int STANDING_BYTES = 300;
  private static final int TRIES = 4;
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final Duration SIZES_WAIT = Duration.ofSeconds(10);

  private final Database database;
  private final Catalog catalog;
  private final Source.Asked source;
  private final IndexSettings settings;
  private final InstantSource clock;
  private final Cache<ProjectName, Standing> standings =
      Caffeine.newBuilder()
          .maximumWeight(STANDINGS_BYTES)
          .weigher((ProjectName name, Standing standing) ->
              STANDING_BYTES + 2 * name.normalized().length())
          .build();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicReference<@Nullable RefusedPage> lastRefused = new AtomicReference<>();
  private final SingleFlight<ProjectName, Standing> questions = new SingleFlight<>();

  Projects(
      Database database,
      Catalog catalog,
      Source.Asked source,
      IndexSettings settings,
      InstantSource clock) {
    this.database = database;
    this.catalog = catalog;
    this.source = source;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Optional<Standing> remembered(ProjectName name, Instant now) {
    Standing standing = standings.getIfPresent(name);
    return standing != null && now.isBefore(standing.validUntil())
        ? Optional.of(standing)
        : Optional.empty();
  }

  /// However many ask at once, the source is asked once.
  @Override
  public Standing current(ProjectName name) throws Exception {
    Optional<Standing> remembered = remembered(name, clock.instant());
    if (remembered.isPresent()) {
      return remembered.get();
    }
    return questions.run(
        name,
        () -> {
          Standing standing = renew(name);
          standings.put(name, standing);
          return standing;
        });
  }

  private Standing renew(ProjectName name) throws Exception {
    Optional<Standing> another = remembered(name, clock.instant());
    if (another.isPresent()) {
      return another.get(); // somebody asked between our look and our turn
    }
    Optional<HeldProject> held = catalog.project(source.id(), name);
    if (held.isPresent() && held.get().goneSince() == null) {
      Instant until = held.get().confirmed().plus(source.freshFor());
      if (clock.instant().isBefore(until)) {
        return new Standing.Current(held.get().revision(), until); // kept from before a restart
      }
    }
    Validators known = held.filter(h -> h.goneSince() == null).map(Projects::known).orElse(null);
    return decide(name, held.orElse(null), source.upstream().page(name, known));
  }

  private Standing decide(ProjectName name, @Nullable HeldProject held, PageAnswer answer)
      throws Exception {
    Instant now = clock.instant();
    return switch (answer) {
      case PageAnswer.Fresh(ProjectPage page, Validators validators) ->
          record(name, held, page, validators, now);
      case PageAnswer.Unchanged(Validators validators) when held != null -> {
        catalog.confirm(source.id(), name, memory(validators), now);
        yield sized(held, now);
      }
      case PageAnswer.Unchanged _ ->
          throw new IllegalStateException("unchanged, though nothing was held of " + name);
      case PageAnswer.Absent _ -> absent(name, held, now);
      case PageAnswer.Refused(String why) -> {
        note(new RefusedPage(now, name.normalized(), why));
        yield held == null || held.goneSince() != null
            ? new Standing.Refused(why, now.plus(settings.retryAfter()))
            : stale(held, why, now.plus(settings.retryAfter()));
      }
      case PageAnswer.Unreachable unreachable -> {
        Instant again = later(now.plus(settings.retryAfter()), unreachable.retryAfter());
        yield held == null || held.goneSince() != null
            ? new Standing.Unreachable(unreachable.why(), again)
            : stale(held, unreachable.why(), again);
      }
    };
  }

  /// The page of the upstream that was refused last, or null.
  @Nullable RefusedPage lastRefused() {
    return lastRefused.get();
  }

  /// One line a minute says enough: a wrong setting refuses every page.
  private void note(RefusedPage refused) {
    RefusedPage before = lastRefused.getAndSet(refused);
    if (before == null || before.at().plus(QUIET).isBefore(refused.at())) {
      LOG.warn(
          "{}: the page of {} cannot be used: {}",
          refused.project(),
          source.words(),
          refused.why());
    }
  }

  private Standing record(
      ProjectName name,
      @Nullable HeldProject held,
      ProjectPage page,
      Validators validators,
      Instant now)
      throws Exception {
    HeldProject before = held;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      PageChange change =
          PageChange.between(
              before,
              name,
              Versions.listed(name, offered(page)),
              memory(validators),
              source::path,
              now);
      if (!change.isVisible() && before != null) {
        catalog.confirm(source.id(), name, memory(validators), now);
        return sized(before, now);
      }
      if (recorded(change, PageLeaf.of(source.url(), change, now))) {
        for (String notice : change.notices()) {
          LOG.info("{}: {}", name, notice);
        }
        return sized(change.after(), now);
      }
      before = catalog.project(source.id(), name).orElse(null);
    }
    return new Standing.Unreachable(
        "the page of " + name + " is being changed by another process", now);
  }

  @Override
  public long changes() {
    return changes.get();
  }

  private boolean changing(Unit<Boolean> unit) throws DatabaseFault {
    try {
      return database.<Boolean>write(unit);
    } finally {
      changes.incrementAndGet(); // also after a fault: it may have taken hold
    }
  }

  private boolean recorded(PageChange change, Leaf leaf) throws DatabaseFault {
    return changing(tx -> {
      boolean took = Catalog.record(tx, source.id(), change);
      if (took) {
        Ledger.pend(tx, leaf);
      }
      return took;
    });
  }

  private void recordGone(ProjectName name, Leaf leaf, Instant now) throws DatabaseFault {
    changing(tx -> {
      boolean noted = Catalog.gone(tx, source.id(), name, now);
      if (noted) {
        Ledger.pend(tx, leaf);
      }
      return noted;
    });
  }

  /// An index must not offer files of a project in quarantine (PEP 792), whatever its source does.
  private static ProjectPage offered(ProjectPage page) {
    return page.status().state() == ProjectStatus.State.QUARANTINED
        ? page.withFiles(List.of())
        : page;
  }

  /// The standing of what was just confirmed, with the sizes that its source does not state learned
  /// as far as that goes now.
  private Standing sized(HeldProject project, Instant now) throws Exception {
    long revision = project.revision();
    if (project.files().stream().anyMatch(Sizes::isUnknown)) {
      Map<String, Long> sizes =
          Sizes.of(source.upstream(), project.files(), clock, now.plus(SIZES_WAIT));
      if (!sizes.isEmpty()) {
        revision = catalog.learnSizes(source.id(), project.name(), sizes);
        changes.incrementAndGet();
      }
    }
    return new Standing.Current(revision, now.plus(source.freshFor()));
  }

  private Standing absent(ProjectName name, @Nullable HeldProject held, Instant now)
      throws DatabaseFault {
    Instant until = now.plus(source.absentFor());
    if (held == null) {
      return new Standing.Missing(source.words() + " has no project " + name, until);
    }
    if (held.goneSince() == null) {
      recordGone(name, PageLeaf.gone(source.url(), name, now), now);
      LOG.info("{}: {} no longer has it", name, source.words());
    }
    Instant since = held.goneSince() == null ? now : held.goneSince();
    return new Standing.Missing(
        source.words() + " no longer has the project " + name + "; missed since " + since, until);
  }

  private static Standing stale(HeldProject held, String why, Instant again) {
    return new Standing.Stale(held.revision(), held.confirmed(), why, again);
  }

  private static Instant later(Instant at, @Nullable Instant other) {
    return other != null && other.isAfter(at) ? other : at;
  }

  private static Validators known(HeldProject held) {
    PageMemory memory = held.memory();
    return new Validators(memory.etag(), memory.lastModified(), memory.bodySha256());
  }

  private static PageMemory memory(Validators validators) {
    return new PageMemory(validators.etag(), validators.lastModified(), validators.bodySha256());
  }
}
