package dev.wellhead.core.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The entries of a ZIP file whose paths, count and sizes are within limits, folders left out.
record ZipPaths(List<ZipEntryHeader> files) {
  ZipPaths {
    files = List.copyOf(files);
  }

  static ZipPaths of(SeekableByteChannel zip, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    List<ZipEntryHeader> entries = ZipDirectory.entries(zip);
    limits.checkCount(entries.size());
    List<ZipEntryHeader> files = new ArrayList<>(entries.size());
    Set<String> seen = new HashSet<>();
    long unpacked = 0;
    for (ZipEntryHeader entry : entries) {
      String path = ArchivePath.checked(entry.name(), limits);
      if (!path.equals(entry.name()) || !seen.add(path)) {
        throw new UnreadableArchiveException(
            "the path "
                + ArchivePath.shown(entry.name())
                + " in it is there twice or begins with ./");
      }
      unpacked += Math.min(entry.size(), Long.MAX_VALUE - unpacked);
      limits.check(unpacked, zip.size());
      if (!path.endsWith("/")) {
        files.add(entry);
      }
    }
    return new ZipPaths(files);
  }

  Optional<ZipEntryHeader> at(String path) {
    return files.stream().filter(entry -> entry.name().equals(path)).findFirst();
  }
}
