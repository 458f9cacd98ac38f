package dev.wellhead.server.release;

import dev.wellhead.core.pypi.Sha256;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `import_memory`: which bytes lay at a place of which a stamp tells that nothing
/// changed there.
final class ImportMemory {
  private ImportMemory() {}

  /// What was read at a place.
  ///
  /// @param place an absolute path, or a URL
  /// @param stamp what changes with the bytes there
  record Reading(String place, String stamp, Sha256 sha256) {}

  static Optional<Sha256> recall(Handle tx, String place, String stamp) {
    return tx.createQuery(
            "SELECT sha256 FROM import_memory WHERE place = :place AND stamp = :stamp")
        .bind("place", place)
        .bind("stamp", stamp)
        .mapTo(String.class)
        .findOne()
        .flatMap(Sha256::of);
  }

  static void remember(Handle tx, Reading reading) {
    tx.createUpdate(
            """
            INSERT INTO import_memory (place, stamp, sha256) VALUES (:place, :stamp, :sha256)
            ON CONFLICT (place) DO UPDATE SET stamp = excluded.stamp, sha256 = excluded.sha256
            """)
        .bind("place", reading.place())
        .bind("stamp", reading.stamp())
        .bind("sha256", reading.sha256().hex())
        .execute();
  }
}
