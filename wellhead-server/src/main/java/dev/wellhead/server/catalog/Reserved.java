package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The reserved names, all of them in memory.
///
/// They hold in this process from the moment that they are written, and in every other one as soon
/// as it looks at [OwnChanges] again.
public final class Reserved {
  private final Database database;
  private final OwnChanges changes;
  private volatile Known known = new Known(-1, List.of());

  /// @param number what [OwnChanges] said before the reading
  private record Known(long number, List<Reservation> reservations) {}

  public Reserved(Database database, OwnChanges changes) {
    this.database = database;
    this.changes = changes;
  }

  /// The reservation that `name` falls under.
  public Optional<Reservation> of(ProjectName name) throws DatabaseFault {
    return matching(current(), name);
  }

  /// The same by memory alone; [#isRemembered] says whether that counts.
  public Optional<Reservation> remembered(ProjectName name) {
    return matching(known.reservations(), name);
  }

  /// Whether what is in memory is all that there is.
  public boolean isRemembered() {
    return known.number() == changes.number();
  }

  /// All reservations, by pattern.
  public List<Reservation> all() throws DatabaseFault {
    return current();
  }

  /// Reserves; a pattern that is there keeps its first moment and takes the new reason.
  public static void add(Handle tx, Reservation reservation) {
    tx.createUpdate(
            """
            INSERT INTO reserved (pattern, reason, since_ms) VALUES (:pattern, :reason, :since)
            ON CONFLICT (pattern) DO UPDATE SET reason = excluded.reason
            """)
        .bind("pattern", reservation.pattern().text())
        .bind("reason", reservation.reason())
        .bind("since", reservation.since().toEpochMilli())
        .execute();
    OwnChanges.note(tx);
  }

  /// Takes a reservation back; false where there was none of just this pattern.
  public static boolean remove(Handle tx, ReservedPattern pattern) {
    boolean removed =
        tx.createUpdate("DELETE FROM reserved WHERE pattern = :pattern")
                .bind("pattern", pattern.text())
                .execute()
            > 0;
    if (removed) {
      OwnChanges.note(tx);
    }
    return removed;
  }

  /// A project of another index that is in use here.
  ///
  /// @param source the URL of that index
  public record Used(String project, String source, Instant firstSeen) {}

  /// The projects of other indexes, in use here, that `pattern` would shadow.
  public static List<Used> shadowed(Handle tx, ReservedPattern pattern) {
    return tx.createQuery(
            """
            SELECT project.name, source.url, project.first_seen_ms
            FROM project JOIN source ON source.id = project.source
            WHERE source.url <> :hosted AND project.gone_ms IS NULL
              AND substr(project.name, 1, :length) = :stem
              AND (:prefix = 1 OR project.name = :stem)
            ORDER BY project.name, source.url
            """)
        .bind("hosted", Hosting.SOURCE)
        .bind("stem", pattern.stem())
        .bind("length", pattern.stem().length())
        .bind("prefix", pattern.isPrefix() ? 1 : 0)
        .map((row, _) ->
            new Used(
                row.getString("name"),
                row.getString("url"),
                Instant.ofEpochMilli(row.getLong("first_seen_ms"))))
        .list();
  }

  private List<Reservation> current() throws DatabaseFault {
    long number = changes.look();
    Known before = known;
    if (before.number() == number) {
      return before.reservations();
    }
    List<Reservation> read = database.read(Reserved::read);
    known = new Known(number, read);
    return read;
  }

  private static List<Reservation> read(Handle tx) {
    return tx
        .createQuery("SELECT pattern, reason, since_ms FROM reserved")
        .map((row, _) ->
            new Reservation(
                new ReservedPattern(row.getString("pattern")),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("since_ms"))))
        .list()
        .stream()
        .sorted(Comparator.comparing(each -> each.pattern().text())) // databases sort otherwise
        .toList();
  }

  private static Optional<Reservation> matching(List<Reservation> all, ProjectName name) {
    for (Reservation each : all) {
      if (each.pattern().matches(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
