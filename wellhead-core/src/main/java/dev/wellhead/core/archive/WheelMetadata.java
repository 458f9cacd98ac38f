package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.ProjectName;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/// Reads METADATA out of a wheel without reading the rest of it.
///
/// It asks for the end of the file, the central directory and one entry, so that a channel over
/// range requests costs a few kilobytes for a wheel of any size.
public final class WheelMetadata {
  /// Real METADATA with a long description stays below 1 MB.
  static final int LONGEST = 8 << 20;

  private WheelMetadata() {}

  /// The bytes of the one `*.dist-info/METADATA` (PEP 427) of a wheel of `project`.
  ///
  /// @throws UnreadableArchiveException where it is no ZIP file, has no such entry or more than
  ///   one, or breaks a limit
  public static byte[] read(SeekableByteChannel wheel, ProjectName project)
      throws UnreadableArchiveException, IOException {
    List<ZipEntryHeader> found =
        ZipDirectory.entries(wheel).stream().filter(entry -> isMetadata(entry, project)).toList();
    if (found.size() != 1) {
      throw new UnreadableArchiveException(
          "a wheel has one *.dist-info/METADATA of its project, this one has " + found.size());
    }
    return ZipContent.read(wheel, found.getFirst(), LONGEST);
  }

  private static boolean isMetadata(ZipEntryHeader entry, ProjectName project) {
    String folder = ".dist-info/METADATA";
    if (!entry.name().endsWith(folder) || entry.name().indexOf('/') != entry.name().length() - 9) {
      return false;
    }
    String stem = entry.name().substring(0, entry.name().length() - folder.length());
    int dash = stem.indexOf('-');
    return dash > 0 && ProjectName.of(stem.substring(0, dash)).equals(Optional.of(project));
  }
}
