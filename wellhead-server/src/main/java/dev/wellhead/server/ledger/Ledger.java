package dev.wellhead.server.ledger;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Keeps leaves until the log takes them in.
///
/// A leaf is written in the transaction of the change that it tells of, so that there is never one
/// without the other: whoever makes the change calls [#pend] in the same unit.
public final class Ledger {
  private final Database database;

  public Ledger(Database database) {
    this.database = database;
  }

  /// Adds a leaf; the same leaf twice is one.
  public static void pend(Handle tx, Leaf leaf) {
    tx.createUpdate(
            """
            INSERT INTO ledger_pending (hash, at_ms, kind, subject, leaf)
            VALUES (:hash, :at, :kind, :subject, :leaf)
            ON CONFLICT (hash) DO NOTHING
            """)
        .bind("hash", leaf.hash())
        .bind("at", leaf.at().toEpochMilli())
        .bind("kind", leaf.kind())
        .bind("subject", leaf.subject())
        .bind("leaf", leaf.json())
        .execute();
  }

  /// How many leaves wait.
  public long waiting() throws DatabaseFault {
    return database.<Long>read(
        tx -> tx.createQuery("SELECT count(*) FROM ledger_pending").mapTo(Long.class).one());
  }

  /// The newest leaves, newest first.
  public List<Leaf> newest(int most) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT hash, at_ms, kind, subject, leaf FROM ledger_pending
                ORDER BY at_ms DESC, hash LIMIT :most
                """)
            .bind("most", most)
            .map((row, context) -> leaf(row))
            .list());
  }

  /// The hashes of leaves whose text no longer fits them: somebody changed the table by hand.
  public List<String> broken() throws DatabaseFault {
    return database.read(tx -> {
      try (var leaves =
          tx
              .createQuery("SELECT hash, at_ms, kind, subject, leaf FROM ledger_pending")
              .map((row, context) -> leaf(row))
              .stream()) {
        return leaves.filter(leaf -> !leaf.isWhole()).map(Leaf::hash).toList();
      }
    });
  }

  private static Leaf leaf(ResultSet row) throws SQLException {
    return new Leaf(
        row.getString("kind"),
        row.getString("subject"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        row.getString("leaf"),
        row.getString("hash"));
  }
}
