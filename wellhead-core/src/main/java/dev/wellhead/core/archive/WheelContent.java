package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.WheelFilename;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What lies in a wheel (binary distribution format specification).
final class WheelContent {
  private static final String DIST_INFO = ".dist-info";
  private static final int LONGEST_RECORD = 32 << 20;
  private static final int LONGEST_ENTRY_POINTS = 1 << 20;

  private WheelContent() {}

  static Listing listing(SeekableByteChannel wheel, WheelFilename name, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    ZipPaths paths = ZipPaths.of(wheel, limits);
    String folder = distInfo(paths, name);
    Optional<ZipEntryHeader> metadata = paths.at(folder + "/METADATA");
    if (metadata.isEmpty()) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(folder) + " in it has no METADATA, which every wheel has");
    }
    byte[] metadataFile = ZipContent.read(wheel, metadata.get(), WheelMetadata.LONGEST);
    Map<String, Sha256> stated =
        WheelRecord.hashes(text(wheel, paths, folder + "/RECORD", LONGEST_RECORD));
    List<ListedFile> files = new ArrayList<>(paths.files().size());
    for (ZipEntryHeader entry : paths.files()) {
      files.add(new ListedFile(entry.name(), entry.size(), stated.get(entry.name())));
    }
    return Listing.of(
        files,
        metadataFile,
        EntryPointFile.read(
            text(wheel, paths, folder + "/entry_points.txt", LONGEST_ENTRY_POINTS)));
  }

  /// The one `{name}-{version}.dist-info` folder, which must be of this wheel.
  private static String distInfo(ZipPaths paths, WheelFilename name)
      throws UnreadableArchiveException {
    Set<String> folders = new TreeSet<>();
    for (ZipEntryHeader entry : paths.files()) {
      int slash = entry.name().indexOf('/');
      if (slash > 0 && entry.name().substring(0, slash).endsWith(DIST_INFO)) {
        folders.add(entry.name().substring(0, slash));
      }
    }
    if (folders.size() != 1) {
      throw new UnreadableArchiveException(
          "a wheel has one folder that ends in .dist-info, this one has " + folders.size());
    }
    String folder = folders.iterator().next();
    String stem = folder.substring(0, folder.length() - DIST_INFO.length());
    int dash = stem.indexOf('-');
    Optional<ProjectName> project =
        dash < 0 ? Optional.empty() : ProjectName.of(stem.substring(0, dash));
    boolean fits =
        project.equals(name.project())
            && version(stem.substring(dash + 1)).filter(name.version()::equals).isPresent();
    if (!fits) {
      throw new UnreadableArchiveException(
          ArchivePath.shown(folder)
              + " in it belongs to another release than "
              + name.name()
              + " "
              + name.version());
    }
    return folder;
  }

  /// Old builders escaped the `+` before a local version, and any hyphen, as `_`.
  private static Optional<Version> version(String text) {
    return Version.parse(text).or(() -> Version.parse(text.replaceFirst("_", "+")));
  }

  private static String text(SeekableByteChannel wheel, ZipPaths paths, String path, int longest)
      throws UnreadableArchiveException, IOException {
    Optional<ZipEntryHeader> entry = paths.at(path);
    return entry.isEmpty()
        ? ""
        : new String(ZipContent.read(wheel, entry.get(), longest), StandardCharsets.UTF_8);
  }
}
