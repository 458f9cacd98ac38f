package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.HandBlock;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What people decided by hand: blocks, and holds that were lifted. Each change has its leaf in the
/// ledger and holds in every view when the call returns.
public final class HandDecisions {
  private final Database database;
  private final InstantSource clock;
  private final Changes changes;

  /// For a process that serves nothing.
  public HandDecisions(Database database, InstantSource clock) {
    this(database, clock, new Changes(database, clock));
  }

  HandDecisions(Database database, InstantSource clock, Changes changes) {
    this.database = database;
    this.clock = clock;
    this.changes = changes;
  }

  /// A hold that somebody lifted.
  ///
  /// @param project the name under which the file was held
  public record Released(Sha256 sha256, String project, String reason, String by, Instant since) {}

  /// Every block, by pattern.
  public List<HandBlock> blocks() throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT * FROM hand_block ORDER BY pattern")
            .map((row, _) -> block(row))
            .list());
  }

  /// Blocks from now on; a pattern that is there keeps its first moment and takes the new reason.
  ///
  /// @param by who says so
  public void block(BlockPattern pattern, String reason, String by) throws DatabaseFault {
    Instant now = clock.instant();
    Leaf leaf = Leaf.of("block", pattern.text(), now, Map.of("reason", reason, "by", by));
    change(() ->
        database.write(tx -> {
          tx.createUpdate(
                  """
                  INSERT INTO hand_block (pattern, project, reason, by_whom, since_ms)
                  VALUES (:pattern, :project, :reason, :by, :now)
                  ON CONFLICT (pattern) DO UPDATE
                  SET reason = excluded.reason, by_whom = excluded.by_whom
                  """)
              .bind("pattern", pattern.text())
              .bind("project", pattern.project())
              .bind("reason", reason)
              .bind("by", by)
              .bind("now", now.toEpochMilli())
              .execute();
          Ledger.pend(tx, leaf);
          touch(tx, pattern, now);
          return true;
        }));
  }

  /// Takes a block back; false where there was none of just this pattern.
  public boolean unblock(BlockPattern pattern, String reason, String by) throws DatabaseFault {
    Instant now = clock.instant();
    Leaf leaf = Leaf.of("unblock", pattern.text(), now, Map.of("reason", reason, "by", by));
    return change(() ->
        database.write(tx -> {
          boolean removed =
              tx.createUpdate("DELETE FROM hand_block WHERE pattern = :pattern")
                      .bind("pattern", pattern.text())
                      .execute()
                  > 0;
          if (removed) {
            Ledger.pend(tx, leaf);
            touch(tx, pattern, now);
          }
          return removed;
        }));
  }

  /// Lets a held file go. What blocks it still does.
  public void release(Sha256 sha256, ProjectName project, String reason, String by)
      throws DatabaseFault {
    Instant now = clock.instant();
    Leaf leaf =
        Leaf.of(
            "release",
            "sha256:" + sha256,
            now,
            Map.of("project", project.normalized(), "reason", reason, "by", by));
    change(() ->
        database.write(tx -> {
          tx.createUpdate(
                  """
                  INSERT INTO hand_release (sha256, project, reason, by_whom, since_ms)
                  VALUES (:sha256, :project, :reason, :by, :now)
                  ON CONFLICT (sha256) DO UPDATE
                  SET reason = excluded.reason, by_whom = excluded.by_whom
                  """)
              .bind("sha256", sha256.hex())
              .bind("project", project.normalized())
              .bind("reason", reason)
              .bind("by", by)
              .bind("now", now.toEpochMilli())
              .execute();
          Ledger.pend(tx, leaf);
          Changes.touch(tx, List.of(project.normalized()), now);
          return true;
        }));
  }

  /// The blocks that may be about files of `project`: those of its name, and those of the bytes.
  List<HandBlock> blocksOf(ProjectName project, List<Sha256> files) throws DatabaseFault {
    return database.read(tx -> {
      List<HandBlock> found =
          new ArrayList<>(
              tx.createQuery("SELECT * FROM hand_block WHERE project = :project")
                  .bind("project", project.normalized())
                  .map((row, _) -> block(row))
                  .list());
      // All of them, which are few: a project may have thousands of files.
      List<HandBlock> bytes =
          tx.createQuery("SELECT * FROM hand_block WHERE project = ''")
              .map((row, _) -> block(row))
              .list();
      for (HandBlock each : bytes) {
        boolean ours =
            files.stream().anyMatch(sha256 -> each.pattern().equals("sha256:" + sha256.hex()));
        if (ours) {
          found.add(each);
        }
      }
      return List.copyOf(found);
    });
  }

  /// The holds of `project` that were lifted.
  List<Released> releasedOf(ProjectName project) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT * FROM hand_release WHERE project = :project")
            .bind("project", project.normalized())
            .map((row, _) ->
                new Released(
                    new Sha256(row.getString("sha256")),
                    row.getString("project"),
                    row.getString("reason"),
                    row.getString("by_whom"),
                    Instant.ofEpochMilli(row.getLong("since_ms"))))
            .list());
  }

  /// Bytes may lie under several names.
  private static void touch(Handle tx, BlockPattern pattern, Instant now) {
    Optional<String> project = Optional.of(pattern.project()).filter(name -> !name.isEmpty());
    if (project.isPresent()) {
      Changes.touch(tx, List.of(project.get()), now);
      return;
    }
    List<String> named =
        tx.createQuery("SELECT DISTINCT project FROM file WHERE identity = :identity")
            .bind("identity", pattern.text().substring("sha256:".length()))
            .mapTo(String.class)
            .list();
    Changes.touch(tx, named, now);
  }

  private static HandBlock block(ResultSet row) throws SQLException {
    return new HandBlock(
        row.getString("pattern"),
        row.getString("reason"),
        row.getString("by_whom"),
        Instant.ofEpochMilli(row.getLong("since_ms")));
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
