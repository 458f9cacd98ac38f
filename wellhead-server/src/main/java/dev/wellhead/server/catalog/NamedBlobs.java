package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.Sha256;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// The blobs that rows name.
public final class NamedBlobs {
  /// What stands in the place of a source's URL for projects that are at home here.
  static final String HOSTED_SOURCE = "hosted:";

  /// Of a hosted file that was removed nobody wants the bytes; what its wheel's METADATA says
  /// stays, since views of earlier days tell of it.
  static final String WANTED =
      "(gone_ms IS NULL OR source NOT IN (SELECT id FROM source WHERE url = '"
          + HOSTED_SOURCE
          + "'))";

  private static final String NAMED =
      """
      SELECT identity AS sha256 FROM file
      WHERE identity NOT LIKE 'path:%' AND <wanted> AND <which>
      UNION
      SELECT metadata_sha256 FROM file WHERE metadata_sha256 IS NOT NULL AND <which>
      UNION
      SELECT sha256 FROM wheel_metadata WHERE <which>
      """
          .replace("<wanted>", WANTED);

  private NamedBlobs() {}

  /// Whose blobs.
  public enum Of {
    /// Those of projects that are at home here: nobody else can bring them again.
    HOSTED,
    /// All that are not among those.
    OTHERS
  }

  /// Hands each blob to `sink`, once.
  public static void each(Handle tx, Of which, Consumer<Sha256> sink) {
    String hosted =
        NAMED.replace(
            "<which>", "source IN (SELECT id FROM source WHERE url = '" + HOSTED_SOURCE + "')");
    String query =
        switch (which) {
          case HOSTED -> hosted;
          case OTHERS ->
              "SELECT sha256 FROM ("
                  + NAMED.replace("<which>", "1 = 1")
                  + ") AS everything WHERE sha256 NOT IN ("
                  + hosted
                  + ")";
        };
    try (Stream<String> hexes =
        tx.createQuery(query).setFetchSize(1_000).mapTo(String.class).stream()) {
      hexes.flatMap(hex -> Sha256.of(hex).stream()).forEach(sink);
    }
  }
}
