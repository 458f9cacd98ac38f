package dev.wellhead.server.catalog;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.BlobCheck;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares what the catalog names with what lies in the folder of blobs.
public final class Housekeeping {
  /// Younger ones may belong to work that has not written its row yet: blob first, row second.
  static final Duration UNTOUCHED = Duration.ofHours(24);

  private static final int BATCH = 500;

  private final Database database;
  private final Catalog catalog;
  private final Blobs blobs;

  public Housekeeping(Database database, Blobs blobs) {
    this.database = database;
    this.catalog = new Catalog(database);
    this.blobs = blobs;
  }

  /// What collecting garbage did, or would do.
  ///
  /// @param kept blobs that a row names or that are too young to judge
  /// @param unnamed blobs that no row names, which were removed unless it was a dry run
  /// @param bytes how much those take
  public record Collected(long kept, List<Sha256> unnamed, long bytes) {}

  /// What a check found; all is well where `problems` is empty.
  public record Checked(long blobs, long bytes, long unnamed, List<String> problems) {}

  /// Whether garbage is removed or only told.
  public enum Mode {
    DRY_RUN,
    REMOVE
  }

  /// Removes blobs that no row has named for a day.
  public Collected collect(Mode mode, Instant now) throws DatabaseFault, IOException {
    List<Sha256> unnamed = new ArrayList<>();
    long[] sums = {0, 0};
    try (Stream<Sha256> all = blobs.all()) {
      Iterator<Sha256> each = all.iterator();
      while (each.hasNext()) {
        List<Sha256> batch = batch(each);
        Set<Sha256> named = catalog.named(batch);
        for (Sha256 blob : batch) {
          boolean young = blobs.lastModified(blob).plus(UNTOUCHED).isAfter(now);
          if (named.contains(blob) || young) {
            sums[0]++;
          } else if (mode == Mode.DRY_RUN || isStillUnnamed(blob)) {
            sums[1] += blobs.find(blob).map(Blob::length).orElse(0L);
            unnamed.add(blob);
            if (mode == Mode.REMOVE) {
              blobs.delete(blob);
            }
          }
        }
      }
    }
    return new Collected(sums[0], unnamed, sums[1]);
  }

  /// Reads every blob again and follows every reference.
  public Checked check() throws DatabaseFault, IOException {
    List<String> problems = new ArrayList<>();
    long count = 0;
    long bytes = 0;
    long unnamed = 0;
    try (Stream<Sha256> all = blobs.all()) {
      Iterator<Sha256> each = all.iterator();
      while (each.hasNext()) {
        List<Sha256> batch = batch(each);
        Set<Sha256> named = catalog.named(batch);
        unnamed += batch.size() - named.size();
        for (Sha256 blob : batch) {
          count++;
          switch (blobs.verify(blob)) {
            case BlobCheck.Sound(long length) -> {
              bytes += length;
              wrongSize(blob, length).ifPresent(problems::add);
            }
            case BlobCheck.Absent _ -> problems.add("blob " + blob.hex() + " vanished meanwhile");
            case BlobCheck.Damaged(Sha256 actual, long length) ->
                problems.add(
                    "blob "
                        + blob.hex()
                        + " is damaged: its "
                        + length
                        + " bytes have the SHA-256 "
                        + actual.hex()
                        + "; delete it, and it is fetched again");
          }
        }
      }
    }
    problems.addAll(danglingMetadata());
    return new Checked(count, bytes, unnamed, problems);
  }

  /// Looked up again under the write lock, since a row may have come since the batch was read.
  private boolean isStillUnnamed(Sha256 blob) throws DatabaseFault {
    return database.write(tx -> Catalog.named(tx, List.of(blob.hex())).isEmpty());
  }

  private Optional<String> wrongSize(Sha256 blob, long length) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT filename, size FROM file
                WHERE identity = :blob AND size IS NOT NULL AND size <> :length
                """)
            .bind("blob", blob.hex())
            .bind("length", length)
            .map((row, _) ->
                "blob "
                    + blob.hex()
                    + " has "
                    + length
                    + " bytes, and "
                    + row.getString("filename")
                    + " is listed with "
                    + row.getLong("size"))
            .findFirst());
  }

  private List<String> danglingMetadata() throws DatabaseFault, IOException {
    List<String> learned =
        database.read(tx ->
            tx.createQuery("SELECT DISTINCT sha256 FROM wheel_metadata ORDER BY sha256")
                .mapTo(String.class)
                .list());
    List<String> problems = new ArrayList<>();
    for (Sha256 metadata :
        new HashSet<>(learned.stream().flatMap(h -> Sha256.of(h).stream()).toList())) {
      if (blobs.find(metadata).isEmpty()) {
        problems.add(
            "the METADATA "
                + metadata.hex()
                + " is named and not there; it is read again when asked for");
      }
    }
    return problems;
  }

  private static List<Sha256> batch(Iterator<Sha256> each) {
    List<Sha256> batch = new ArrayList<>();
    while (batch.size() < BATCH && each.hasNext()) {
      batch.add(each.next());
    }
    return batch;
  }
}
