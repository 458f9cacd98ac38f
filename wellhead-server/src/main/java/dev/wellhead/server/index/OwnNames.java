package dev.wellhead.server.index;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.catalog.Catalog;
import dev.wellhead.server.catalog.OwnChanges;
import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.db.DatabaseFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names that no other index is asked for: those that were reserved, and those of projects that
/// are hosted here.
final class OwnNames {
  /// Why a view without hosted projects has nothing under the name of one.
  static final String HOSTED_ELSEWHERE =
      "is hosted in this index, and this view has no hosted projects";

  private final Reserved reserved;
  private final OwnChanges changes;
  private final Catalog catalog;
  private final Shelf shelf;
  private final Counter kept;

  /// @param shelf where hosted projects are
  OwnNames(
      Reserved reserved, OwnChanges changes, Catalog catalog, Shelf shelf, MeterRegistry metrics) {
    this.reserved = reserved;
    this.changes = changes;
    this.catalog = catalog;
    this.shelf = shelf;
    this.kept =
        Counter.builder("wellhead.reserved.kept")
            .description("Questions about names of our own that another index would have heard")
            .register(metrics);
  }

  Shelf shelf() {
    return shelf;
  }

  /// Whether memory says all there is to say at `now`.
  boolean isRemembered(Instant now) {
    return changes.isFresh(now) && reserved.isRemembered();
  }

  @Nullable Reservation rememberedReservation(ProjectName name) {
    return reserved.remembered(name).orElse(null);
  }

  @Nullable Reservation reservation(ProjectName name) throws DatabaseFault {
    return reserved.of(name).orElse(null);
  }

  List<Reservation> reservations() throws DatabaseFault {
    return reserved.all();
  }

  /// What our own changes count now.
  long changes() throws DatabaseFault {
    return changes.look();
  }

  /// The names of all hosted projects, sorted.
  List<String> hosted() throws DatabaseFault {
    return catalog.names(shelf.source().id());
  }

  /// Counts a question that would have left the house.
  void count() {
    kept.increment();
  }

  /// How many such questions there were since the start.
  long counted() {
    return (long) kept.count();
  }
}
