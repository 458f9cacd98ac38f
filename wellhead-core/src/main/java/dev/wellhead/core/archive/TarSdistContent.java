package dev.wellhead.core.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// What lies in a source distribution that is a gzipped tar file; it is read to its end.
final class TarSdistContent {
  private static final int BUFFER = 1 << 16;

  private TarSdistContent() {}

  static Listing listing(SeekableByteChannel sdist, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    sdist.position(0);
    try {
      // Not closed: the channel is the caller's, and nothing else is held open.
      InputStream packed = new GZIPInputStream(Channels.newInputStream(sdist), BUFFER);
      return read(new TarReader(new BoundedUnpacking(packed, limits, sdist.size())), limits);
    } catch (BoundedUnpacking.TooMuch e) {
      throw e.why();
    } catch (ZipException e) {
      throw new UnreadableArchiveException("it is no gzip file, or a damaged one");
    } catch (EOFException e) {
      throw new UnreadableArchiveException("it ends early: the file was cut off");
    }
  }

  private static Listing read(TarReader tar, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    SdistTop top = new SdistTop();
    List<ListedFile> files = new ArrayList<>();
    byte[] pkgInfo = null;
    int count = 0;
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      limits.checkCount(++count);
      if (entry.path().equals("./") || entry.path().equals(".")) {
        continue; // the folder that hand-made archives were packed in
      }
      String checked = ArchivePath.checked(entry.path(), limits);
      String path = checked.endsWith("/") ? checked.substring(0, checked.length() - 1) : checked;
      top.take(path);
      if (entry.kind() == TarEntry.Kind.FOLDER) {
        continue;
      }
      requireWithin(top, path, entry);
      files.add(new ListedFile(path, entry.size(), null));
      if (top.isPkgInfo(path)) {
        if (pkgInfo != null || entry.kind() != TarEntry.Kind.FILE) {
          throw new UnreadableArchiveException("it has a PKG-INFO that is there twice or a link");
        }
        pkgInfo = tar.content(SdistTop.LONGEST_PKG_INFO, entry);
      }
    }
    if (pkgInfo == null) {
      throw top.withoutPkgInfo();
    }
    return Listing.of(files, pkgInfo, List.of());
  }

  /// A link leads to a place in the same folder at the top; a hard link's target counts from the
  /// root of the archive, a symbolic one's from where the link lies.
  private static void requireWithin(SdistTop top, String path, TarEntry entry)
      throws UnreadableArchiveException {
    boolean symbolic = entry.kind() == TarEntry.Kind.SYMBOLIC_LINK;
    if (!symbolic && entry.kind() != TarEntry.Kind.HARD_LINK) {
      return;
    }
    Deque<String> place = new ArrayDeque<>();
    if (symbolic) {
      String[] above = path.split("/", -1);
      for (int i = 0; i < above.length - 1; i++) {
        place.addLast(above[i]);
      }
    }
    boolean escapes = entry.target().startsWith("/") || entry.target().contains("\\");
    for (String step : entry.target().split("/", -1)) {
      if (step.equals("..")) {
        escapes |= place.pollLast() == null;
      } else if (!step.isEmpty() && !step.equals(".")) {
        place.addLast(step);
      }
    }
    if (escapes || !top.holds(String.join("/", place))) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(path) + " in it is a link that leads outside of the archive");
    }
  }
}
