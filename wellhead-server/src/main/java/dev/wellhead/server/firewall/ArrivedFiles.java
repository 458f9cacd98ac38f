package dev.wellhead.server.firewall;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the bytes of files told, which never changes.
final class ArrivedFiles {
  private static final int CHUNK = 500;

  private final Database database;

  ArrivedFiles(Database database) {
    this.database = database;
  }

  static void add(Handle tx, Sha256 sha256, Arrived told, Instant now) {
    tx.createUpdate(
            """
            INSERT INTO arrived (sha256, licence, native_code, why, at_ms)
            VALUES (:sha256, :licence, :native, :why, :now)
            ON CONFLICT (sha256) DO UPDATE SET licence = excluded.licence,
              native_code = excluded.native_code, why = excluded.why
            """)
        .bind("sha256", sha256.hex())
        .bind("licence", told.licence())
        .bind("native", told.nativeCode())
        .bind("why", told.why())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  Map<Sha256, Arrived> of(List<Sha256> digests) throws DatabaseFault {
    Map<Sha256, Arrived> found = new HashMap<>();
    for (int from = 0; from < digests.size(); from += CHUNK) {
      List<String> chunk =
          digests.subList(from, Math.min(from + CHUNK, digests.size())).stream()
              .map(Sha256::hex)
              .toList();
      database.read(tx ->
          tx.createQuery("SELECT * FROM arrived WHERE sha256 IN (<chunk>)")
              .bindList("chunk", chunk)
              .map((row, _) -> found.put(new Sha256(row.getString("sha256")), arrived(row)))
              .list());
    }
    return found;
  }

  private static Arrived arrived(ResultSet row) throws SQLException {
    boolean isNative = row.getBoolean("native_code");
    @Nullable Boolean nativeCode = row.wasNull() ? null : (Boolean) isNative;
    return new Arrived(row.getString("licence"), nativeCode, row.getString("why"));
  }
}
