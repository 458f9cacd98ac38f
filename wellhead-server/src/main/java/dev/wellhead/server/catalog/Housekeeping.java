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
  private final Pace pace;

  public Housekeeping(Database database, Blobs blobs) {
    this(database, blobs, (_, _) -> true);
  }

  /// The same, with somebody who watches and may end it.
  public Housekeeping(Database database, Blobs blobs, Pace pace) {
    this.database = database;
    this.catalog = new Catalog(database);
    this.blobs = blobs;
    this.pace = pace;
  }

  /// Told how far the work is.
  public interface Pace {
    /// Whether to go on, after so many blobs and bytes; else the work ends, with what it found.
    boolean goOn(long blobs, long bytes);
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

  /// Removes blobs that no row has named for a day. Safe while a server works: what is just being
  /// kept is young, and what is just being named is looked up again in the moment of removal.
  public Collected collect(Mode mode, Instant now) throws DatabaseFault, IOException {
    List<Sha256> unnamed = new ArrayList<>();
    long[] sums = {0, 0};
    try (Stream<Sha256> all = blobs.all()) {
      Iterator<Sha256> each = all.iterator();
      while (each.hasNext()) {
        List<Sha256> batch = batch(each);
        Set<Sha256> named = catalog.named(batch);
        for (Sha256 blob : batch) {
          if (!pace.goOn(sums[0] + unnamed.size(), sums[1])) {
            return new Collected(sums[0], unnamed, sums[1]);
          }
          long length = blobs.find(blob).map(Blob::length).orElse(0L);
          if (!named.contains(blob) && isGarbage(blob, mode, now.minus(UNTOUCHED))) {
            sums[1] += length;
            unnamed.add(blob);
          } else {
            sums[0]++;
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
          if (!pace.goOn(count, bytes)) {
            return new Checked(count, bytes, unnamed, problems);
          }
          count++;
          switch (blobs.verify(blob)) {
            case BlobCheck.Sound(long length) -> {
              bytes += length;
              wrongSize(blob, length).ifPresent(problems::add);
            }
            case BlobCheck.Absent _ -> count--; // removed while a server works
            case BlobCheck.Damaged(Sha256 actual, long length) ->
                problems.add(
                    "blob "
                        + blob.hex()
                        + " is damaged: its "
                        + length
                        + " bytes have the SHA-256 "
                        + actual.hex()
                        + "; delete it, and it is fetched again where an upstream has it");
          }
        }
      }
    }
    problems.addAll(missing());
    return new Checked(count, bytes, unnamed, problems);
  }

  /// Whether the blob may go; where `mode` says so it is gone then.
  private boolean isGarbage(Sha256 blob, Mode mode, Instant untouchedSince)
      throws DatabaseFault, IOException {
    return switch (mode) {
      case DRY_RUN ->
          !blobs.lastModified(blob).isAfter(untouchedSince)
              && catalog.named(List.of(blob)).isEmpty();
      case REMOVE -> blobs.discard(blob, untouchedSince, () -> isUnnamed(blob));
    };
  }

  /// Under the write lock, so that a row that is just being written is seen.
  private boolean isUnnamed(Sha256 blob) throws DatabaseFault {
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

  /// Nobody else has the bytes of a project that is at home here. What an upstream has is fetched
  /// again when it is asked for, and may be missing.
  private List<String> missing() throws DatabaseFault, IOException {
    List<Sha256> hosted = new ArrayList<>();
    database.read(tx -> {
      hosted.clear();
      NamedBlobs.each(tx, NamedBlobs.Of.HOSTED, hosted::add);
      return hosted.size();
    });
    List<String> problems = new ArrayList<>();
    for (Sha256 blob : hosted) {
      if (blobs.find(blob).isEmpty()) {
        problems.add(
            "the hosted blob " + blob.hex() + " is named and not there; restore it from a backup");
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
