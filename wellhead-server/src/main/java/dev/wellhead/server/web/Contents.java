package dev.wellhead.server.web;

import dev.wellhead.core.archive.EntryPoint;
import dev.wellhead.core.archive.ListedFile;
import java.util.List;

/// What lies in a distribution file.
public sealed interface Contents {
  /// It was never fetched, so that nothing of it is here.
  record NotHere() implements Contents {}

  /// It cannot be read: a sentence says why.
  record Unreadable(String why) implements Contents {}

  /// Files, core metadata and entry points, the publisher's text all of it.
  record Listed(List<ListedFile> files, String metadata, List<EntryPoint> entryPoints)
      implements Contents {
    /// How many rows a page shows.
    public static final int MOST_ROWS = 1_000;

    public Listed {
      files = List.copyOf(files);
      entryPoints = List.copyOf(entryPoints);
    }

    /// The sum of the sizes, unpacked.
    public long size() {
      return files.stream().mapToLong(ListedFile::size).sum();
    }
  }
}
