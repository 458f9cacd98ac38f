package dev.wellhead.core.pypi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One file of a project's page (PEP 503, 592, 658, 691, 700, 714, 740).
///
/// An entry that exists can be written into a page: its name is a plain file name, its hashes are
/// lower-case hexadecimal by the name of their algorithm (iterated in the order of those names, so
/// that pages come out the same each time), its size is not negative. `url` is absolute or relative
/// to the page, without a fragment; it is written as it is. `provenance` is the absolute URL of the
/// provenance object.
public record FileEntry(
    String filename,
    String url,
    Map<String, String> hashes,
    @Nullable Long size,
    UploadTime uploadTime,
    @Nullable String requiresPython,
    Yank yank,
    MetadataFile metadataFile,
    @Nullable String provenance) {

  public FileEntry {
    PageRules.requireNone(PageRules.filenameFault(filename));
    PageRules.requireNone(PageRules.urlFault(url));
    for (Map.Entry<String, String> hash : hashes.entrySet()) {
      PageRules.requireNone(PageRules.hashFault(hash.getKey(), hash.getValue()));
    }
    hashes =
        hashes.size() < 2
            ? Map.copyOf(hashes)
            : Collections.unmodifiableMap(new TreeMap<String, String>(hashes));
    if (size != null && size < 0) {
      throw new IllegalArgumentException("a file's size is not negative: " + size);
    }
  }

  /// The file's SHA-256 digest, where the page has one.
  public Optional<Sha256> sha256() {
    return Optional.ofNullable(hashes.get("sha256")).map(Sha256::new);
  }

  /// This entry at another place.
  public FileEntry withUrl(String newUrl) {
    return new FileEntry(
        filename, newUrl, hashes, size, uploadTime, requiresPython, yank, metadataFile, provenance);
  }

  /// This entry with its size known.
  public FileEntry withSize(long newSize) {
    return new FileEntry(
        filename, url, hashes, newSize, uploadTime, requiresPython, yank, metadataFile, provenance);
  }

  /// This entry with another upload time.
  public FileEntry withUploadTime(UploadTime newUploadTime) {
    return new FileEntry(
        filename, url, hashes, size, newUploadTime, requiresPython, yank, metadataFile, provenance);
  }

  /// This entry yanked, or not any more.
  public FileEntry withYank(Yank newYank) {
    return new FileEntry(
        filename, url, hashes, size, uploadTime, requiresPython, newYank, metadataFile, provenance);
  }

  /// This entry with other words about its `.metadata`.
  public FileEntry withMetadataFile(MetadataFile newMetadataFile) {
    return new FileEntry(
        filename, url, hashes, size, uploadTime, requiresPython, yank, newMetadataFile, provenance);
  }

  /// This entry with its provenance object at another place, or with none.
  public FileEntry withProvenance(@Nullable String newProvenance) {
    return new FileEntry(
        filename, url, hashes, size, uploadTime, requiresPython, yank, metadataFile, newProvenance);
  }
}
