package dev.wellhead.server.release;

import dev.wellhead.core.archive.Listing;
import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.archive.UnreadableArchiveException;
import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.MetadataFile;
import dev.wellhead.core.pypi.Parse;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.core.pypi.SpecifierSet;
import dev.wellhead.core.pypi.Version;
import dev.wellhead.core.pypi.WheelFilename;
import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at one distribution file before it may become a hosted one. Truth is in the file: what is
/// claimed of it has to agree.
public final class Intake {
  private final ReadingLimits limits;

  public Intake(ReadingLimits limits) {
    this.limits = limits;
  }

  /// Examines bytes that were received; nobody may write to `incoming` any more.
  public Examined examine(Claim claim, Incoming incoming) throws IOException {
    Sha256 sha256 = incoming.digest();
    try (FileChannel bytes = FileChannel.open(incoming.path(), StandardOpenOption.READ)) {
      return examine(claim, sha256, bytes);
    }
  }

  /// Examines bytes that have this SHA-256. The channel is left open.
  ///
  /// Every byte is tried out, and every reason that is found is told. The `IOException` is that of
  /// the channel.
  public Examined examine(Claim claim, Sha256 sha256, SeekableByteChannel bytes)
      throws IOException {
    List<String> reasons = new ArrayList<>();
    DistributionFilename name = name(claim, reasons);
    if (claim.size() != null && claim.size() != bytes.size()) {
      reasons.add(
          "It has " + bytes.size() + " bytes, though " + claim.size() + " are stated for it.");
    }
    reasons.addAll(StatedHashes.faults(claim.hashes(), sha256, bytes));
    Listing listing = name == null ? null : listing(name, bytes, reasons);
    if (name != null && listing != null) {
      compare(name, listing.metadata(), reasons);
    }
    Optional<ProjectName> project = name == null ? Optional.empty() : name.project();
    if (name == null || listing == null || project.isEmpty() || !reasons.isEmpty()) {
      return new Examined.Refused(reasons);
    }
    return new Examined.Accepted(
        name,
        project.get(),
        sha256,
        bytes.size(),
        listing,
        name instanceof WheelFilename
            ? new MetadataFile.Hashed(StatedHashes.sha256(listing.metadataFile()))
            : new MetadataFile.Absent(),
        requiresPython(listing.metadata()));
  }

  /// Keeps the bytes of an accepted file, and those of a wheel's METADATA before them: what a row
  /// names is there when the row is written.
  public static Blob keep(Blobs blobs, Incoming incoming, Examined.Accepted accepted)
      throws IOException {
    if (!incoming.digest().equals(accepted.sha256())) {
      throw new IllegalArgumentException("not the bytes of " + accepted.name().filename());
    }
    if (accepted.metadataFile() instanceof MetadataFile.Hashed(Sha256 metadata)
        && blobs.find(metadata).isEmpty()) {
      try (Incoming file = blobs.receive()) {
        file.write(ByteBuffer.wrap(accepted.listing().metadataFile()));
        file.keep();
      }
    }
    return incoming.keep();
  }

  private static @Nullable DistributionFilename name(Claim claim, List<String> reasons) {
    switch (DistributionFilename.parse(claim.filename())) {
      case Parse.Invalid<DistributionFilename>(String why) -> reasons.add(why);
      case Parse.Parsed<DistributionFilename>(DistributionFilename name) -> {
        Optional<ProjectName> project = name.project();
        if (project.isEmpty() || !isAscii(claim.filename())) {
          reasons.add(
              "Its name has letters that no project's name has: only those of ASCII, digits,"
                  + " hyphens, underscores and dots.");
        } else if (claim.project() != null && !project.get().equals(claim.project())) {
          reasons.add(
              "By its name it is a file of "
                  + project.get()
                  + ", though it is offered as one of "
                  + claim.project()
                  + ".");
        } else {
          return name;
        }
      }
    }
    return null;
  }

  private @Nullable Listing listing(
      DistributionFilename name, SeekableByteChannel bytes, List<String> reasons)
      throws IOException {
    try {
      return Listing.ofSound(bytes, name, limits);
    } catch (UnreadableArchiveException e) {
      reasons.add("It cannot be read: " + e.getMessage() + ".");
      return null;
    }
  }

  private static void compare(
      DistributionFilename file, MetadataDocument metadata, List<String> reasons) {
    String document = file instanceof WheelFilename ? "METADATA" : "PKG-INFO";
    List<String> names = metadata.all("Name");
    if (names.size() != 1 || !ProjectName.of(names.getFirst()).equals(file.project())) {
      reasons.add(
          document + " in it names " + told(names) + ", its file name " + file.name() + ".");
    }
    List<String> versions = metadata.all("Version");
    if (versions.size() != 1
        || !Version.parse(versions.getFirst()).equals(Optional.of(file.version()))) {
      reasons.add(
          document
              + " in it is of version "
              + told(versions)
              + ", its file name of version "
              + file.version()
              + ".");
    }
  }

  private static String told(List<String> values) {
    if (values.isEmpty()) {
      return "(none)";
    }
    StringBuilder out = new StringBuilder();
    for (String value : values.subList(0, Math.min(3, values.size()))) {
      out.append(out.isEmpty() ? "\"" : ", \"");
      value
          .chars()
          .limit(80)
          .forEach(c -> out.append(c >= ' ' && c < 0x7f && c != '"' ? (char) c : '?'));
      out.append('"');
    }
    return out.toString();
  }

  /// What no installer can read says nothing to any, and is left off the page; METADATA has it.
  private static @Nullable String requiresPython(MetadataDocument metadata) {
    return metadata
        .requiresPython()
        .map(text -> text.replace('\n', ' '))
        .filter(Intake::isAscii)
        .filter(text -> SpecifierSet.parse(text).toOptional().isPresent())
        .orElse(null);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }
}
