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
import java.util.Optional;

/// Reserves names and takes that back, each with its leaf in the ledger.
public final class Reservations {
  /// So many shadowed projects are shown to whoever is about to reserve; of the rest the number.
  public static final int MOST_SHOWN = 50;

  private static final int LONGEST_REASON = 500;

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

  /// What somebody wants to reserve, by what they typed.
  public sealed interface Wish {
    /// It can be reserved.
    ///
    /// @param shadowed the projects of other indexes, in use here, that would no longer be served:
    ///   to be shown before it takes hold
    record Fits(ReservedPattern pattern, String reason, List<Reserved.Used> shadowed)
        implements Wish {
      public Fits {
        shadowed = List.copyOf(shadowed);
      }

      /// Changes with what is shadowed, within one run of the program.
      public String stamp() {
        return Integer.toHexString(shadowed.hashCode());
      }
    }

    /// That is no project's name, and no beginning of one with `*` behind it.
    record NoPattern(String typed) implements Wish {}

    /// The reason has more than `most` characters.
    record LongReason(int most) implements Wish {}
  }

  /// Checks a wish and finds out what it would shadow; changes nothing.
  public Wish wish(String pattern, String reason) throws DatabaseFault {
    Optional<ReservedPattern> wanted = ReservedPattern.of(pattern.strip());
    if (wanted.isEmpty()) {
      return new Wish.NoPattern(pattern);
    }
    if (reason.length() > LONGEST_REASON) {
      return new Wish.LongReason(LONGEST_REASON);
    }
    String line = reason.replaceAll("\\p{Cntrl}", " ").strip();
    return new Wish.Fits(
        wanted.get(), line, database.read(tx -> Reserved.shadowed(tx, wanted.get())));
  }

  /// Reserves from now on; when it returns, it holds.
  public void reserve(Wish.Fits wish) throws DatabaseFault {
    ReservedPattern pattern = wish.pattern();
    String reason = wish.reason();
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
