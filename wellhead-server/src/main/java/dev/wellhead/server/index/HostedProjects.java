package dev.wellhead.server.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.HeldProject;
import dev.wellhead.server.catalog.OwnChanges;
import dev.wellhead.server.catalog.SourceId;
import java.time.Instant;
import java.util.Optional;

/// The standing of what is hosted here. Nobody is asked for it but the catalog, and that one once
/// for each name between two changes of our own.
final class HostedProjects implements Holdings {
  private static final long MOST_BYTES = 8L << 20;
  private static final int ENTRY_BYTES = 250;

  private final Catalog catalog;
  private final SourceId source;
  private final OwnChanges changes;
  private final Cache<ProjectName, Remembered> remembered =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((ProjectName name, Remembered standing) ->
              ENTRY_BYTES + 2 * name.normalized().length())
          .build();

  /// @param number what [OwnChanges] said before the look
  private record Remembered(long number, Standing standing) {}

  HostedProjects(Catalog catalog, SourceId source, OwnChanges changes) {
    this.catalog = catalog;
    this.source = source;
    this.changes = changes;
  }

  @Override
  public Optional<Standing> remembered(ProjectName name, Instant now) {
    return changes.isFresh(now) ? known(name, changes.number()) : Optional.empty();
  }

  @Override
  public Standing current(ProjectName name) throws Exception {
    long number = changes.look();
    Optional<Standing> known = known(name, number);
    if (known.isPresent()) {
      return known.get();
    }
    Standing standing =
        catalog
            .project(source, name)
            .filter(project -> project.goneSince() == null)
            .<Standing>map(project -> current(project))
            .orElse(new Standing.Missing("this index hosts no project " + name, Instant.MAX));
    remembered.put(name, new Remembered(number, standing));
    return standing;
  }

  @Override
  public long changes() {
    return changes.number();
  }

  private Optional<Standing> known(ProjectName name, long number) {
    Remembered known = remembered.getIfPresent(name);
    return known != null && known.number() == number
        ? Optional.of(known.standing())
        : Optional.empty();
  }

  private static Standing current(HeldProject project) {
    return new Standing.Current(project.revision(), Instant.MAX);
  }
}
