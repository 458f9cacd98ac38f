package dev.wellhead.server.release;

import dev.wellhead.core.archive.Listing;
import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.FileEntry;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.UploadTime;
import dev.wellhead.core.pypi.Yank;
import dev.wellhead.server.catalog.Hosting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of looking at a distribution file.
public sealed interface Examined {
  /// It is what its name says.
  ///
  /// @param listing what lies in it, METADATA or PKG-INFO among it
  /// @param metadataFile what a page says of its `.metadata`: hashed for a wheel, absent else
  /// @param requiresPython for which Pythons it is, where it says so in words that can be read
  record Accepted(
      DistributionFilename name,
      ProjectName project,
      Sha256 sha256,
      long size,
      Listing listing,
      MetadataFile metadataFile,
      @Nullable String requiresPython)
      implements Examined {

    /// Its line on a page.
    public FileEntry entry(UploadTime uploaded, Yank yank) {
      return new FileEntry(
          name.filename(),
          Hosting.SOURCE + Hosting.path(sha256, name.filename()),
          Map.of("sha256", sha256.hex()),
          size,
          uploaded,
          requiresPython,
          yank,
          metadataFile,
          null);
    }
  }

  /// It must not be hosted: every reason, a sentence each.
  record Refused(List<String> reasons) implements Examined {
    public Refused {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("refused without a reason");
      }
    }
  }
}
