package dev.wellhead.server.feeds;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Reads records out of a folder, a zip, a `.tar.gz` or a file that is one, one at a time.
///
/// Nothing is held but the record at hand. A record that is too long is skipped; a source that has
/// too many, or is cut off, is refused.
final class RecordFiles {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 2;

  private final Set<String> endings;
  private final Bounds bounds;

  /// @param record bytes of one record
  /// @param files how many files there may be, records or not
  /// @param unpacked bytes of all of them
  record Bounds(int record, long files, long unpacked) {
    static final Bounds USUAL = new Bounds(4 << 20, 3_000_000, 32L << 30);
  }

  /// @param endings of the names of files that are records
  RecordFiles(Set<String> endings, Bounds bounds) {
    this.endings = Set.copyOf(endings);
    this.bounds = bounds;
  }

  /// Hands every record of `from` to `sink`; returns only where it was read to its end.
  <X extends Exception> void each(Path from, RecordSink<X> sink)
      throws X, FeedRefusedException, IOException {
    Taking<X> taking = new Taking<>(from, sink);
    if (Files.isDirectory(from)) {
      folder(from, taking);
      return;
    }
    try (InputStream file = new BufferedInputStream(Files.newInputStream(from), BUFFER)) {
      file.mark(MAGIC);
      byte[] magic = file.readNBytes(MAGIC);
      file.reset();
      if (magic.length == MAGIC && magic[0] == 'P' && magic[1] == 'K') {
        zip(file, ZipEnd.entries(from), taking);
      } else if (magic.length == MAGIC && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
        TarRecords.each(new GZIPInputStream(file, BUFFER), taking::entry);
      } else {
        taking.record(name(from), file);
      }
    } catch (ZipException | EOFException e) {
      throw new FeedRefusedException(
          name(from) + " is damaged or cut off: " + e.getMessage() + ".");
    }
  }

  private static <X extends Exception> void folder(Path from, Taking<X> taking)
      throws X, FeedRefusedException, IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      Iterator<Path> files = walk.iterator();
      while (files.hasNext()) {
        Path file = files.next();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            taking.entry(from.relativize(file).toString(), in);
          }
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
  }

  /// A zip is read from its front, which takes no memory, and must have as many entries as the list
  /// at its end says: a copy that broke off would otherwise look like one with fewer records.
  private static <X extends Exception> void zip(InputStream file, long announced, Taking<X> taking)
      throws X, FeedRefusedException, IOException {
    long found = 0;
    ZipInputStream zip = new ZipInputStream(file);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      found++;
      if (!entry.isDirectory()) {
        taking.entry(entry.getName(), zip);
      }
    }
    if (found != announced) {
      throw new ZipException("its list has " + announced + " entries, and " + found + " are there");
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /// Counts what is taken, and ends what is too much.
  private final class Taking<X extends Exception> {
    private final Path from;
    private final RecordSink<X> sink;
    private long files;
    private long unpacked;

    Taking(Path from, RecordSink<X> sink) {
      this.from = from;
      this.sink = sink;
    }

    /// A file of those that `from` holds, which may be no record.
    void entry(String place, InputStream in) throws X, FeedRefusedException, IOException {
      files++;
      if (files > bounds.files()) {
        throw tooMuch("more than " + bounds.files() + " files");
      }
      String lower = place.toLowerCase(Locale.ROOT);
      if (endings.stream().anyMatch(lower::endsWith)) {
        record(place, in);
      }
    }

    void record(String place, InputStream in) throws X, FeedRefusedException, IOException {
      byte[] bytes = in.readNBytes(bounds.record() + 1);
      unpacked += bytes.length;
      if (unpacked > bounds.unpacked()) {
        throw tooMuch("more than " + bounds.unpacked() + " bytes");
      }
      if (bytes.length > bounds.record()) {
        sink.broken(place, "It has more than " + bounds.record() + " bytes.");
      } else {
        sink.take(place, bytes);
      }
    }

    private FeedRefusedException tooMuch(String what) {
      return new FeedRefusedException(name(from) + " holds " + what + ".");
    }
  }
}
