package dev.wellhead.server.index;

import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.upstream.FileAnswer;
import dev.wellhead.server.upstream.RangeAnswer;
import dev.wellhead.server.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Asks for the sizes of files that a source's page states none for (PEP 700 demands one for each).
final class Sizes {
  private static final int AT_ONCE = 8;
  private static final int MOST = 2_000;

  private Sizes() {}

  /// Whether `file` is one that lacks its size.
  static boolean isUnknown(HeldFile file) {
    return file.entry().size() == null && file.goneSince() == null;
  }

  /// Sizes in bytes by served path, of as many of `files` as the source answers for until `end`:
  /// somebody waits for the page, and the next look at it asks for the rest.
  static Map<String, Long> of(
      Upstream upstream, List<HeldFile> files, InstantSource clock, Instant end)
      throws InterruptedException {
    List<HeldFile> unsized = files.stream().filter(Sizes::isUnknown).limit(MOST).toList();
    Map<String, Long> sizes = new ConcurrentHashMap<>();
    Semaphore places = new Semaphore(AT_ONCE);
    for (HeldFile file : unsized) {
      places.acquire();
      if (!clock.instant().isBefore(end)) {
        places.release();
        break;
      }
      Thread.ofVirtual()
          .start(() -> {
            try {
              long size = ask(upstream, URI.create(file.entry().url()));
              if (size >= 0) {
                sizes.put(file.path(), size);
              }
            } finally {
              places.release();
            }
          });
    }
    places.acquire(AT_ONCE);
    return new HashMap<>(sizes);
  }

  private static long ask(Upstream upstream, URI url) {
    return switch (upstream.range(url, 0, 0)) {
      case RangeAnswer.Part part -> part.total();
      case RangeAnswer.NoRanges _ -> announced(upstream, url);
      case RangeAnswer.Absent _, RangeAnswer.Refused _, RangeAnswer.Unreachable _ -> -1;
    };
  }

  private static long announced(Upstream upstream, URI url) {
    if (upstream.file(url) instanceof FileAnswer.Open open) {
      try (var _ = open.body()) {
        return open.length();
      } catch (IOException closed) {
        return open.length(); // the length came with the head; how the body ends is no matter
      }
    }
    return -1;
  }
}
