package dev.wellhead.server.firewall;

import dev.wellhead.core.archive.ListedFile;
import dev.wellhead.core.archive.Listing;
import dev.wellhead.core.archive.ReadingLimits;
import dev.wellhead.core.archive.UnreadableArchiveException;
import dev.wellhead.core.pypi.DistributionFilename;
import dev.wellhead.core.pypi.MetadataDocument;
import dev.wellhead.core.pypi.Parse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/// Looks into a file for what rules ask of its bytes. Everything in it was written by a stranger.
final class Inspection {
  private static final ReadingLimits LIMITS = new ReadingLimits(50_000, 64, 2L << 30, 100);
  private static final int LONGEST_LICENCE = 200;
  private static final List<String> NATIVE = List.of(".so", ".pyd", ".dll", ".dylib", ".exe", ".a");

  private Inspection() {}

  static Arrived of(Path bytes, String filename) throws IOException {
    if (!(DistributionFilename.parse(filename)
        instanceof Parse.Parsed<DistributionFilename>(DistributionFilename name))) {
      return new Arrived(null, null, "only wheels and source distributions are looked into");
    }
    try (FileChannel channel = FileChannel.open(bytes, StandardOpenOption.READ)) {
      Listing listing = Listing.of(channel, name, LIMITS);
      return new Arrived(
          licence(listing.metadata()),
          listing.files().stream().map(ListedFile::path).anyMatch(Inspection::isNative),
          "");
    } catch (UnreadableArchiveException e) {
      return new Arrived(null, null, "the archive cannot be read: " + e.getMessage());
    }
  }

  /// The expression (PEP 639) before the free text, which before the classifiers.
  private static String licence(MetadataDocument metadata) {
    String expression = first(metadata, "License-Expression");
    String text = expression.isEmpty() ? first(metadata, "License") : expression;
    if (text.isEmpty()) {
      text =
          metadata.headers().stream()
              .filter(header -> header.name().equalsIgnoreCase("Classifier"))
              .map(MetadataDocument.Header::value)
              .filter(value -> value.startsWith("License ::"))
              .map(value -> value.substring(value.lastIndexOf("::") + 2).strip())
              .findFirst()
              .orElse("");
    }
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() > LONGEST_LICENCE ? line.substring(0, LONGEST_LICENCE) : line;
  }

  private static String first(MetadataDocument metadata, String name) {
    return metadata.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(header -> header.value().strip())
        .findFirst()
        .orElse("");
  }

  private static boolean isNative(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return NATIVE.stream().anyMatch(lower::endsWith) || lower.contains(".so.");
  }
}
