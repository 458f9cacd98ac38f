package dev.wellhead.server.index;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.CachedBlobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/// Removes copies of what other indexes have, those first that were not fetched for longest.
///
/// *Gather* what lies in the folder, *decide* which of it goes, remove it. A blob was last used
/// when it was fetched last or came in, whichever was later. What is hosted here, in quarantine,
/// listed by no source any more, or was handed out within [CacheBudget#UNTOUCHED] stays.
public final class Eviction {
  private static final int BATCH = 500;

  /// So many blobs at once at most: a run holds no more of them in memory.
  private static final int MOST = 10_000;

  private final Blobs blobs;
  private final CachedBlobs cached;
  private final Fetches fetches;
  private final InstantSource clock;

  public Eviction(Database database, Blobs blobs, Fetches fetches, InstantSource clock) {
    this.blobs = blobs;
    this.cached = new CachedBlobs(database);
    this.fetches = fetches;
    this.clock = clock;
  }

  /// Whether blobs are removed or only told.
  public enum Mode {
    DRY_RUN,
    REMOVE
  }

  /// Told how far the work is.
  public interface Pace {
    /// Whether to go on; else the work ends, with what was done by then.
    boolean goOn(long looked, long evicted);
  }

  /// What a run found and did, or would do.
  ///
  /// @param used bytes of copies that were there before
  /// @param evicted what went, the longest unused first
  /// @param bytes how much that was
  /// @param isWhole whether it ran to its end; else `used` is not all there is
  public record Run(long used, List<Sha256> evicted, long bytes, boolean isWhole) {
    public Run {
      evicted = List.copyOf(evicted);
    }

    /// Bytes of copies that are left.
    public long left() {
      return used - bytes;
    }
  }

  private record Copy(Sha256 sha256, long length, Instant used) {
    static final Comparator<Copy> LONGEST_UNUSED_FIRST =
        Comparator.comparing(Copy::used).thenComparing(copy -> copy.sha256().hex());
  }

  /// What lies here.
  ///
  /// @param oldest those to remove first, at most [#MOST]
  private record Looked(long used, List<Copy> oldest, boolean isWhole) {}

  /// Where the copies take more than `most` bytes, removes as many as leave `low` at most.
  public Run run(long most, long low, Mode mode, Pace pace)
      throws DatabaseFault, IOException, InterruptedException {
    fetches.flush(); // what was handed out a moment ago counts
    Looked looked = look(pace);
    List<Copy> chosen =
        looked.isWhole() && looked.used() > most
            ? enough(looked.oldest(), looked.used() - low)
            : List.of();
    List<Sha256> evicted = new ArrayList<>();
    long bytes = 0;
    boolean isWhole = looked.isWhole();
    for (Copy copy : chosen) {
      if (!pace.goOn(looked.used(), bytes)) {
        isWhole = false;
        break;
      }
      if (mode == Mode.DRY_RUN || removed(copy)) {
        evicted.add(copy.sha256());
        bytes += copy.length();
      }
    }
    return new Run(looked.used(), evicted, bytes, isWhole);
  }

  /// The first of `oldest` that together have `bytes`, or all where they have less.
  private static List<Copy> enough(List<Copy> oldest, long bytes) {
    List<Copy> chosen = new ArrayList<>();
    long sum = 0;
    for (Copy copy : oldest) {
      if (sum >= bytes) {
        break;
      }
      chosen.add(copy);
      sum += copy.length();
    }
    return chosen;
  }

  /// Asked again in the moment of removal: since it was looked at it may have been hosted here, or
  /// vanished elsewhere.
  private boolean removed(Copy copy) throws DatabaseFault, IOException {
    return blobs.discard(
        copy.sha256(),
        clock.instant().minus(CacheBudget.UNTOUCHED),
        () -> cached.sort(Set.of(copy.sha256())).spare().contains(copy.sha256()));
  }

  private Looked look(Pace pace) throws DatabaseFault, IOException {
    // The latest of them on top, to make room for an older one.
    PriorityQueue<Copy> oldest = new PriorityQueue<>(Copy.LONGEST_UNUSED_FIRST.reversed());
    Instant untouched = clock.instant().minus(CacheBudget.UNTOUCHED);
    long used = 0;
    long seen = 0;
    try (Stream<Sha256> all = blobs.all()) {
      Iterator<Sha256> each = all.iterator();
      while (each.hasNext()) {
        if (!pace.goOn(seen, 0)) {
          return new Looked(used, List.of(), false);
        }
        List<Sha256> batch = batch(each);
        seen += batch.size();
        CachedBlobs.Sorted sorted = cached.sort(batch);
        for (Copy copy : copies(sorted.needed(), Map.of())) {
          used += copy.length();
        }
        for (Copy copy : copies(sorted.spare(), fetches.lastFetched(sorted.spare()))) {
          used += copy.length();
          if (!copy.used().isAfter(untouched)) {
            oldest.add(copy);
          }
        }
        while (oldest.size() > MOST) {
          oldest.remove();
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Looked(used, oldest.stream().sorted(Copy.LONGEST_UNUSED_FIRST).toList(), true);
  }

  private List<Copy> copies(Collection<Sha256> some, Map<Sha256, Instant> fetched)
      throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (Sha256 sha256 : some) {
      Optional<Blob> blob = blobs.find(sha256);
      if (blob.isPresent()) {
        Instant came = came(sha256);
        Instant last = fetched.getOrDefault(sha256, came);
        copies.add(new Copy(sha256, blob.get().length(), last.isAfter(came) ? last : came));
      }
    }
    return copies;
  }

  /// Never, where it was removed meanwhile: then nothing is left to remove either.
  private Instant came(Sha256 sha256) throws IOException {
    try {
      return blobs.lastModified(sha256);
    } catch (NoSuchFileException removedMeanwhile) {
      return Instant.MAX;
    }
  }

  private static List<Sha256> batch(Iterator<Sha256> each) {
    List<Sha256> batch = new ArrayList<>();
    while (batch.size() < BATCH && each.hasNext()) {
      batch.add(each.next());
    }
    return batch;
  }
}
