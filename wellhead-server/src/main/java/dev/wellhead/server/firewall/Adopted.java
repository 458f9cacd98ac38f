package dev.wellhead.server.firewall;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The digests that were in use before the policy began: no cooldown holds them.
public final class Adopted {
  private static final int CHUNK = 500;

  private final Database database;
  private final InstantSource clock;
  private final Changes changes;

  /// For a process that serves nothing.
  public Adopted(Database database, InstantSource clock) {
    this(database, clock, new Changes(database, clock));
  }

  Adopted(Database database, InstantSource clock, Changes changes) {
    this.database = database;
    this.clock = clock;
    this.changes = changes;
  }

  /// Adds digests, all or none; gives how many are new.
  ///
  /// @param origin where they are from, for people
  public int add(Collection<Sha256> digests, String origin) throws DatabaseFault {
    Instant now = clock.instant();
    try {
      return database.<Integer>write(tx -> {
        int added = add(tx, digests, origin, now);
        if (added > 0) {
          Changes.touchAll(tx, now);
        }
        return added;
      });
    } finally {
      changes.expire();
    }
  }

  static int add(Handle tx, Collection<Sha256> digests, String origin, Instant now) {
    int added = 0;
    for (Sha256 digest : digests) {
      added +=
          tx.createUpdate(
                  """
                  INSERT INTO adopted (sha256, origin, since_ms) VALUES (:sha256, :origin, :now)
                  ON CONFLICT (sha256) DO NOTHING
                  """)
              .bind("sha256", digest.hex())
              .bind("origin", origin)
              .bind("now", now.toEpochMilli())
              .execute();
    }
    return added;
  }

  /// How many there are.
  public long count() throws DatabaseFault {
    return database.<Long>read(
        tx -> tx.createQuery("SELECT count(*) FROM adopted").mapTo(Long.class).one());
  }

  /// Those of `digests` that are adopted.
  Set<Sha256> of(List<Sha256> digests) throws DatabaseFault {
    Set<Sha256> found = new HashSet<>();
    for (int from = 0; from < digests.size(); from += CHUNK) {
      List<String> chunk =
          digests.subList(from, Math.min(from + CHUNK, digests.size())).stream()
              .map(Sha256::hex)
              .toList();
      database
          .read(tx ->
              tx.createQuery("SELECT sha256 FROM adopted WHERE sha256 IN (<chunk>)")
                  .bindList("chunk", chunk)
                  .mapTo(String.class)
                  .list())
          .forEach(hex -> found.add(new Sha256(hex)));
    }
    return found;
  }
}
