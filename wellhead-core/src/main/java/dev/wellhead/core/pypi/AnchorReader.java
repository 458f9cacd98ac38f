package dev.wellhead.core.pypi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Reads the files of a project's HTML page, one link after the other (PEP 503, 592, 658, 714,
/// 740).
///
/// A link whose path does not end as a distribution does is no file's: pages of real servers have
/// such for people. The others are read as strictly as their like in JSON, and refused in the same
/// words.
final class AnchorReader {
  private static final Yank NOT_YANKED = new Yank.Not();
  private static final MetadataFile NOT_SAID = new MetadataFile.Unstated();

  private final PageLimits limits;

  /// Most files require what the file before did; one string then serves them all.
  private @Nullable String requiresPythonBefore;

  private int number;
  private @Nullable String filename;

  AnchorReader(PageLimits limits) {
    this.limits = limits;
  }

  /// The file that `anchor` leads to, or null where it leads to none. Its URL is as it stands
  /// there, without the fragment.
  @Nullable FileEntry read(Element anchor) throws MalformedPageException {
    String href = BoundedHtml.attribute(anchor, "href", limits).strip();
    int hash = href.indexOf('#');
    String url = hash < 0 ? href : href.substring(0, hash);
    String segment = lastSegment(url);
    String name = decoded(segment);
    if (!ReleaseGuess.isDistribution(name == null ? segment : name)) {
      return null;
    }
    number++;
    filename = null;
    if (name == null) {
      throw malformed("a `filename` that is no text: " + PageRules.quoted(segment));
    }
    requireNone(PageRules.filenameFault(name));
    filename = name;
    requireNone(PageRules.urlFault(url));
    if (url.indexOf('\uFFFD') >= 0) {
      throw malformed("a `url` that is no text in the page's charset: " + PageRules.quoted(url));
    }
    return new FileEntry(
        name,
        url,
        hash < 0 ? Map.of() : readHashes(href.substring(hash + 1)),
        null,
        new UploadTime.Unstated(),
        readRequiresPython(anchor),
        anchor.hasAttr("data-yanked") ? new Yank.Yanked(text(anchor, "data-yanked")) : NOT_YANKED,
        readMetadataFile(anchor),
        readProvenance(anchor));
  }

  /// What a path ends in, not decoded: nothing, where it is a folder's.
  static String lastSegment(String url) {
    int query = url.indexOf('?');
    String path = query < 0 ? url : url.substring(0, query);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// `segment` with its percent signs decoded, or null where that makes no text.
  static @Nullable String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] plain = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer octets = ByteBuffer.allocate(plain.length);
    for (int i = 0; i < plain.length; i++) {
      if (plain[i] != '%') {
        octets.put(plain[i]);
      } else {
        int high = i + 2 < plain.length ? Character.digit(plain[i + 1], 16) : -1;
        int low = i + 2 < plain.length ? Character.digit(plain[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        octets.put((byte) (high << 4 | low));
        i += 2;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// `sha256=…`, or several with `&` between them, among other things that a fragment may say.
  private Map<String, String> readHashes(String fragment) throws MalformedPageException {
    Map<String, String> hashes = HashMap.newHashMap(1);
    for (String pair : fragment.split("&", -1)) {
      int equals = pair.indexOf('=');
      String algorithm = pair.substring(0, Math.max(equals, 0)).toLowerCase(Locale.ROOT);
      if (PageRules.isKnownAlgorithm(algorithm)) {
        String digest = pair.substring(equals + 1).toLowerCase(Locale.ROOT);
        requireNone(PageRules.hashFault(algorithm, digest));
        String before = hashes.putIfAbsent(algorithm, digest);
        if (before != null && !before.equals(digest)) {
          throw malformed("two values of `" + algorithm + "`");
        }
      }
    }
    return hashes;
  }

  private @Nullable String readRequiresPython(Element anchor) throws MalformedPageException {
    String text = text(anchor, "data-requires-python");
    if (text.isEmpty()) {
      return null;
    }
    if (!text.equals(requiresPythonBefore)) {
      requiresPythonBefore = text;
    }
    return requiresPythonBefore;
  }

  private MetadataFile readMetadataFile(Element anchor) throws MalformedPageException {
    MetadataFile core = readMetadataFile(anchor, "data-core-metadata");
    return core.equals(NOT_SAID) ? readMetadataFile(anchor, "data-dist-info-metadata") : core;
  }

  private MetadataFile readMetadataFile(Element anchor, String key) throws MalformedPageException {
    if (!anchor.hasAttr(key)) {
      return NOT_SAID;
    }
    String value = text(anchor, key).strip();
    if (value.startsWith("sha256=")) {
      Optional<Sha256> sha256 = Sha256.of(value.substring("sha256=".length()));
      if (sha256.isEmpty()) {
        throw malformed("a `sha256` in `" + key + "` that is no such hash");
      }
      return new MetadataFile.Hashed(sha256.get());
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "", "true" -> new MetadataFile.Announced();
      case "false" -> new MetadataFile.Absent();
      default -> value.indexOf('=') > 0 ? new MetadataFile.Announced() : NOT_SAID;
    };
  }

  private @Nullable String readProvenance(Element anchor) throws MalformedPageException {
    String text = BoundedHtml.attribute(anchor, "data-provenance", limits);
    return PageRules.urlFault(text) == null ? text : null;
  }

  private String text(Element anchor, String key) throws MalformedPageException {
    return PageRules.keepable(BoundedHtml.attribute(anchor, key, limits));
  }

  private void requireNone(@Nullable String fault) throws MalformedPageException {
    if (fault != null) {
      throw malformed(fault);
    }
  }

  private MalformedPageException malformed(String fault) {
    String file = filename == null ? "number " + number : PageRules.quoted(filename);
    return new MalformedPageException("The page's file " + file + " has " + fault + ".");
  }
}
