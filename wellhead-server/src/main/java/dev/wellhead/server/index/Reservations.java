package dev.wellhead.server.index;

import dev.wellhead.server.catalog.OwnChanges;
import dev.wellhead.server.catalog.Reservation;
import dev.wellhead.server.catalog.Reserved;
import dev.wellhead.server.catalog.ReservedPattern;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Reserves names and takes that back, each with its leaf in the ledger.
public final class Reservations {
  private final Database database;
  private final InstantSource clock;
  private final OwnChanges changes;
  private final Reserved reserved;

  /// For a process that serves nothing.
  public Reservations(Database database, InstantSource clock) {
    this(database, clock, new OwnChanges(database, clock));
  }

  private Reservations(Database database, InstantSource clock, OwnChanges changes) {
    this(database, clock, changes, new Reserved(database, changes));
  }

  /// Over what the door reads, so that it holds there at once.
  Reservations(Database database, InstantSource clock, OwnChanges changes, Reserved reserved) {
    this.database = database;
    this.clock = clock;
    this.changes = changes;
    this.reserved = reserved;
  }

  /// Every reservation, by pattern.
  public List<Reservation> all() throws DatabaseFault {
    return reserved.all();
  }

  /// The projects of other indexes, in use here, that would no longer be served.
  public List<Reserved.Used> shadowed(ReservedPattern pattern) throws DatabaseFault {
    return database.read(tx -> Reserved.shadowed(tx, pattern));
  }

  /// Reserves from now on; when it returns, it holds.
  public void reserve(ReservedPattern pattern, String reason) throws DatabaseFault {
    Instant now = clock.instant();
    Leaf leaf = Leaf.of("reserved", pattern.text(), now, Map.of("reason", reason));
    change(() ->
        database.write(tx -> {
          Reserved.add(tx, new Reservation(pattern, reason, now));
          Ledger.pend(tx, leaf);
          return true;
        }));
  }

  /// Takes a reservation back; false where there was none of just this pattern.
  public boolean unreserve(ReservedPattern pattern) throws DatabaseFault {
    Leaf leaf = Leaf.of("unreserved", pattern.text(), clock.instant(), Map.of());
    return change(() ->
        database.write(tx -> {
          boolean removed = Reserved.remove(tx, pattern);
          if (removed) {
            Ledger.pend(tx, leaf);
          }
          return removed;
        }));
  }

  private interface Change {
    boolean make() throws DatabaseFault;
  }

  private boolean change(Change change) throws DatabaseFault {
    try {
      return change.make();
    } finally {
      changes.expire(); // also after a fault: it may have taken hold
    }
  }
}
