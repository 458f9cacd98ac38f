package dev.wellhead.core.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/// What lies in a source distribution that is a ZIP file.
final class ZipSdistContent {
  private ZipSdistContent() {}

  static Listing listing(SeekableByteChannel sdist, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    ZipPaths paths = ZipPaths.of(sdist, limits);
    SdistTop top = new SdistTop();
    List<ListedFile> files = new ArrayList<>(paths.files().size());
    byte[] pkgInfo = null;
    for (ZipEntryHeader entry : paths.files()) {
      top.take(entry.name());
      files.add(new ListedFile(entry.name(), entry.size(), null));
      if (top.isPkgInfo(entry.name())) {
        pkgInfo = ZipContent.read(sdist, entry, SdistTop.LONGEST_PKG_INFO);
      }
    }
    if (pkgInfo == null) {
      throw top.withoutPkgInfo();
    }
    return Listing.of(files, pkgInfo, List.of());
  }
}
