package dev.wellhead.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wellhead.core.archive.Listing;
import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.archive.UnreadableArchiveException;
import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.Parse;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.WheelFilename;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.HeldFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Reads what lies in files that are here. A page never brings a file for that.
final class Insides {
  private static final int MOST_AT_ONCE = 2;
  private static final long REMEMBERED_FILES = 100_000;
  private static final int LONGEST_METADATA = 64 << 10;
  private static final int MOST_FILES = 50_000;
  private static final ReadingLimits LIMITS = new ReadingLimits(MOST_FILES, 64, 2L << 30, 100);

  private final Blobs blobs;
  private final InstantSource clock;
  private final Semaphore reading = new Semaphore(MOST_AT_ONCE);
  private final Cache<Sha256, Contents> known =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_FILES)
          .weigher((Sha256 _, Contents contents) -> weight(contents))
          .build();

  Insides(Blobs blobs, InstantSource clock) {
    this.blobs = blobs;
    this.clock = clock;
  }

  Contents of(HeldFile file) throws IOException, InterruptedException {
    Optional<Sha256> sha256 = file.sha256();
    Optional<Blob> blob =
        sha256.isPresent() ? blobs.borrow(sha256.get(), clock.instant()) : Optional.empty();
    if (blob.isEmpty()) {
      return new Contents.NotHere();
    }
    Contents remembered = known.getIfPresent(blob.get().sha256());
    if (remembered != null) {
      return remembered;
    }
    reading.acquire();
    try {
      Contents read = read(blob.get(), file.entry().filename());
      known.put(blob.get().sha256(), read);
      return read;
    } finally {
      reading.release();
    }
  }

  /// What is new in `file` beside the file of the same kind in the release before that is here.
  @Nullable Difference difference(HeldFile file, Contents contents, @Nullable Release before)
      throws IOException, InterruptedException {
    if (!(contents instanceof Contents.Listed after) || before == null) {
      return null;
    }
    for (HeldFile other : before.files()) {
      if (kind(other).equals(kind(file)) && of(other) instanceof Contents.Listed earlier) {
        return Difference.between(
            before.version(), other.entry().filename(), earlier.files(), after.files());
      }
    }
    return null;
  }

  /// A wheel's tags, or that it is a source distribution.
  private static List<?> kind(HeldFile file) {
    return DistributionFilename.parse(file.entry().filename()).toOptional().orElse(null)
            instanceof WheelFilename wheel
        ? wheel.tags()
        : List.of("source");
  }

  private static Contents read(Blob blob, String filename) throws IOException {
    if (!(DistributionFilename.parse(filename)
        instanceof Parse.Parsed<DistributionFilename>(DistributionFilename name))) {
      return new Contents.Unreadable("Only wheels and source distributions are looked into.");
    }
    try (FileChannel channel = FileChannel.open(blob.path(), StandardOpenOption.READ)) {
      Listing listing = Listing.of(channel, name, LIMITS);
      String metadata = new String(listing.metadataFile(), StandardCharsets.UTF_8);
      return new Contents.Listed(
          listing.files(),
          metadata.length() <= LONGEST_METADATA
              ? metadata
              : metadata.substring(0, LONGEST_METADATA) + "…",
          listing.entryPoints());
    } catch (UnreadableArchiveException e) {
      return new Contents.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static int weight(Contents contents) {
    return contents instanceof Contents.Listed listed ? 20 + listed.files().size() : 1;
  }
}
