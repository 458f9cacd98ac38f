package dev.wellhead.core.archive;

import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.Parse;
import dev.wellhead.core.pypi.SdistFilename;
import dev.wellhead.core.pypi.WheelFilename;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/// What lies in a distribution file: its files, its core metadata and its entry points.
///
/// Everything was read within limits. Paths lead to no place outside of the archive; beyond that
/// nothing in here is trusted, and texts are a stranger's.
public final class Listing {
  private final List<ListedFile> files;
  private final byte[] metadataFile;
  private final MetadataDocument metadata;
  private final List<EntryPoint> entryPoints;

  private Listing(
      List<ListedFile> files,
      byte[] metadataFile,
      MetadataDocument metadata,
      List<EntryPoint> entryPoints) {
    this.files = List.copyOf(files);
    this.metadataFile = metadataFile;
    this.metadata = metadata;
    this.entryPoints = List.copyOf(entryPoints);
  }

  /// Reads what lies in `file`, which has this name.
  ///
  /// Of a wheel and a ZIP source distribution it reads the directory and a few small entries, of a
  /// `.tar.gz` everything, since a tar file has no directory.
  ///
  /// @throws UnreadableArchiveException where it is no such archive, passes a limit, has a path
  ///   that leads outside, or has not exactly one metadata file where that belongs
  public static Listing of(
      SeekableByteChannel file, DistributionFilename name, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    return switch (name) {
      case WheelFilename wheel -> WheelContent.listing(file, wheel, limits);
      case SdistFilename sdist when sdist.filename().endsWith(".zip") ->
          ZipSdistContent.listing(file, limits);
      case SdistFilename _ -> TarSdistContent.listing(file, limits);
    };
  }

  /// The same of a file of which every byte is tried out: each entry unpacks to the size and the
  /// checksum that the archive states. It costs as much as unpacking, and keeps nothing of it.
  ///
  /// @throws UnreadableArchiveException where an entry does not hold what is stated, too
  public static Listing ofSound(
      SeekableByteChannel file, DistributionFilename name, ReadingLimits limits)
      throws UnreadableArchiveException, IOException {
    Listing listing = of(file, name, limits);
    if (!name.filename().endsWith(".tar.gz")) { // that was read to its end and its checksum
      ZipContent.tryOut(file, ZipDirectory.entries(file));
    }
    return listing;
  }

  static Listing of(List<ListedFile> files, byte[] metadataFile, List<EntryPoint> entryPoints)
      throws UnreadableArchiveException {
    return switch (MetadataDocument.parse(metadataFile)) {
      case Parse.Parsed<MetadataDocument>(MetadataDocument metadata) ->
          new Listing(files, metadataFile, metadata, entryPoints);
      case Parse.Invalid<MetadataDocument>(String why) -> throw new UnreadableArchiveException(why);
    };
  }

  /// The files in the order of the archive; folders are left out.
  public List<ListedFile> files() {
    return files;
  }

  /// The bytes of METADATA or PKG-INFO.
  public byte[] metadataFile() {
    return metadataFile.clone();
  }

  /// METADATA or PKG-INFO.
  public MetadataDocument metadata() {
    return metadata;
  }

  /// A wheel's entry points, in the order of its file; a source distribution has none yet.
  public List<EntryPoint> entryPoints() {
    return entryPoints;
  }
}
