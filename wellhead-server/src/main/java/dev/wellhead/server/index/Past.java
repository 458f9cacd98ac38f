package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.Histories;
import dev.wellhead.server.catalog.PlacedFile;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What sources had at the end of a day, for views that show that.
final class Past {
  private static final long MOST_REMEMBERED = 20_000;

  private final Histories histories;
  // Whether a project had files then; true of one revision for ever.
  private final Cache<Key, Boolean> known =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  private record Key(long source, ProjectName name, LocalDate day, long revision) {}

  Past(Histories histories) {
    this.histories = histories;
  }

  /// Whether a project of this revision had files at the end of `day`, by memory alone; null where
  /// memory does not say.
  @Nullable Boolean remembered(Shelf shelf, ProjectName name, LocalDate day, long revision) {
    return known.getIfPresent(new Key(shelf.source().id().value(), name, day, revision));
  }

  /// The standing of `name` on that day, by what it is `now`: a source that has lost a project
  /// since still had it then, and one that got it later had it not.
  Standing then(Shelf shelf, ProjectName name, LocalDate day, Standing now) throws DatabaseFault {
    Optional<HeldProject> project = project(shelf, name, day);
    boolean there = project.filter(Past::answers).isPresent();
    project.ifPresent(held ->
        known.put(
            new Key(shelf.source().id().value(), name, day, held.revision()), (Boolean) there));
    return switch (now) {
      case Standing.Current _, Standing.Stale _ ->
          there
              ? now
              : new Standing.Missing(
                  shelf.source().words() + " had no " + name + " at the end of " + day,
                  now.validUntil());
      case Standing.Missing _, Standing.Refused _, Standing.Unreachable _ ->
          there ? new Standing.Current(project.orElseThrow().revision(), now.validUntil()) : now;
    };
  }

  /// A project in quarantine answers with no files, so that nobody else does in its place.
  private static boolean answers(HeldProject held) {
    return !held.files().isEmpty() || held.status().state() == ProjectStatus.State.QUARANTINED;
  }

  /// The project with the files of that day; empty where it was never seen.
  Optional<HeldProject> project(Shelf shelf, ProjectName name, LocalDate day) throws DatabaseFault {
    return histories
        .project(shelf.source().id(), name, day)
        .map(held -> held.withVersions(versions(held)))
        .map(shelf.source()::placed);
  }

  /// The file that lay at `path` at the end of that day, whether it still does or not.
  Optional<PlacedFile> fileAt(Shelf shelf, String path, LocalDate day) throws DatabaseFault {
    return histories
        .fileAt(shelf.source().id(), path.substring(shelf.source().prefix().length()), day)
        .map(shelf::placed);
  }

  /// The moment at which `day` is over (UTC).
  static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static List<String> versions(HeldProject held) {
    return held.files().stream()
        .map(HeldFile::entry)
        .flatMap(entry -> Versions.of(held.name(), entry.filename()).stream())
        .distinct()
        .toList();
  }
}
