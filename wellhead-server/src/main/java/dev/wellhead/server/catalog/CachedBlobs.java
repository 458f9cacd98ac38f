package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.ProjectStatus;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Which blobs are copies of what other indexes have.
public final class CachedBlobs {
  /// Every row that names one of the blobs, with what its source says of the file now.
  private static final String CLAIMS =
      """
      SELECT file.identity AS sha256, source.url, file.gone_ms, project.gone_ms AS project_gone_ms,
        project.status
      FROM file
      JOIN project ON project.source = file.source AND project.name = file.project
      JOIN source ON source.id = file.source
      WHERE file.identity IN (<hexes>)
      UNION ALL
      SELECT file.metadata_sha256, source.url, file.gone_ms, project.gone_ms, project.status
      FROM file
      JOIN project ON project.source = file.source AND project.name = file.project
      JOIN source ON source.id = file.source
      WHERE file.metadata_sha256 IN (<hexes>)
      UNION ALL
      SELECT learned.sha256, source.url, file.gone_ms, project.gone_ms, project.status
      FROM wheel_metadata AS learned
      JOIN source ON source.id = learned.source
      LEFT JOIN file ON file.source = learned.source
        AND file.identity = substr(learned.wheel, 1, 64)
      LEFT JOIN project ON project.source = file.source AND project.name = file.project
      WHERE learned.sha256 IN (<hexes>)
      """;

  private final Database database;

  public CachedBlobs(Database database) {
    this.database = database;
  }

  /// What is known of some blobs; what is in neither is hosted here, or named by nothing.
  ///
  /// @param spare may be removed: another index lists them now and can bring them again
  /// @param needed are copies too, and stay: a project in quarantine is looked into, and of what is
  ///   listed nowhere any more this may be the last copy
  public record Sorted(Set<Sha256> spare, Set<Sha256> needed) {
    public Sorted {
      spare = Set.copyOf(spare);
      needed = Set.copyOf(needed);
    }
  }

  /// Sorts at most a few hundred blobs.
  public Sorted sort(Collection<Sha256> blobs) throws DatabaseFault {
    if (blobs.isEmpty()) {
      return new Sorted(Set.of(), Set.of());
    }
    List<String> hexes = blobs.stream().map(Sha256::hex).toList();
    return database.read(tx -> sort(tx, hexes));
  }

  /// What the rows that name one blob come to, taken together.
  private static final class Claims {
    private boolean isHosted;
    private boolean isQuarantined;
    private boolean isListed;

    void add(ResultSet row) throws SQLException {
      boolean gone = isSet(row, "gone_ms") || isSet(row, "project_gone_ms");
      if (row.getString("url").equals(Hosting.SOURCE)) {
        isHosted |= !gone; // the bytes of a hosted file that was removed are nobody's
      } else {
        isQuarantined |= ProjectStatus.State.QUARANTINED.name().equals(row.getString("status"));
        isListed |= !gone;
      }
    }

    private static boolean isSet(ResultSet row, String column) throws SQLException {
      row.getLong(column);
      return !row.wasNull();
    }
  }

  private static Sorted sort(Handle tx, List<String> hexes) {
    Map<Sha256, Claims> claims = new HashMap<>();
    Set<Sha256> others = new HashSet<>();
    tx.createQuery(CLAIMS)
        .bindList("hexes", hexes)
        .map((row, _) -> {
          Sha256 sha256 = new Sha256(row.getString("sha256"));
          claims.computeIfAbsent(sha256, _ -> new Claims()).add(row);
          if (!row.getString("url").equals(Hosting.SOURCE)) {
            others.add(sha256);
          }
          return sha256;
        })
        .forEach(_ -> {});
    Set<Sha256> spare = new HashSet<>();
    Set<Sha256> needed = new HashSet<>();
    claims.forEach((sha256, claim) -> {
      if (!claim.isHosted && others.contains(sha256)) {
        (claim.isListed && !claim.isQuarantined ? spare : needed).add(sha256);
      }
    });
    return new Sorted(spare, needed);
  }
}
