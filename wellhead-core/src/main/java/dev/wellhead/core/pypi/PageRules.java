package dev.wellhead.core.pypi;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What may stand in a file's entry: each check gives the fault as the end of a sentence, or null.
final class PageRules {
  private static final int MAX_FILENAME_BYTES = 512;
  private static final int MAX_ALGORITHM_LENGTH = 32;
  private static final int MAX_HASH_LENGTH = 256;
  private static final int MAX_QUOTED_LENGTH = 80;

  private PageRules() {}

  /// A file's name becomes part of paths, headers and pages, so it is one plain path segment.
  static @Nullable String filenameFault(String filename) {
    if (filename.isEmpty() || filename.equals(".") || filename.equals("..")) {
      return "a `filename` that is no file name: " + quoted(filename);
    }
    if (filename.getBytes(StandardCharsets.UTF_8).length > MAX_FILENAME_BYTES) {
      return "a `filename` of over " + MAX_FILENAME_BYTES + " bytes: " + quoted(filename);
    }
    for (int i = 0; i < filename.length(); i++) {
      char c = filename.charAt(i);
      if (c == '/' || c == '\\') {
        return "a `filename` with a path separator: " + quoted(filename);
      }
      if (isUnprintable(c)) {
        return "a `filename` with a control character: " + quoted(filename);
      }
    }
    return hasLoneSurrogate(filename)
        ? "a `filename` with half a character: " + quoted(filename)
        : null;
  }

  /// A fragment belongs to HTML, where the hash stands; it would be lost or doubled.
  static @Nullable String urlFault(String url) {
    if (url.isEmpty()) {
      return "an empty `url`";
    }
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '#' || isUnprintable(c)) {
        return "a `url` with a fragment or a control character: " + quoted(url);
      }
    }
    return hasLoneSurrogate(url) ? "a `url` with half a character: " + quoted(url) : null;
  }

  static @Nullable String hashFault(String algorithm, String digest) {
    if (!isAlgorithm(algorithm)) {
      return "a key in `hashes` that names no algorithm: " + quoted(algorithm);
    }
    int digits = digits(algorithm);
    boolean lengthFits =
        digits > 0
            ? digest.length() == digits
            : !digest.isEmpty() && digest.length() <= MAX_HASH_LENGTH;
    return lengthFits && Hex.isLower(digest)
        ? null
        : "a `" + algorithm + "` that is no such hash: " + quoted(digest);
  }

  /// Whether `name` is that of an algorithm that is known here, so that its digests have one
  /// length.
  static boolean isKnownAlgorithm(String name) {
    return digits(name) > 0;
  }

  /// Within one major version everything new may be passed over (PEP 629); a page without a version
  /// is of the first one.
  static void requireKnownVersion(String key, String version) throws MalformedPageException {
    if (!version.equals("1") && !version.startsWith("1.")) {
      throw new MalformedPageException(
          "The page has the `"
              + key
              + "` "
              + quoted(version)
              + ", and only versions 1.x are understood here.");
    }
  }

  /// `text` with a replacement character for each NUL and each half of a character: databases take
  /// neither, and a page must not fail over a reason that nobody reads.
  static String keepable(String text) {
    if (text.indexOf('\0') < 0 && !hasLoneSurrogate(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c ->
            c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xfffd : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /// Whether `text` can be listed as a version: not empty, and nothing in it that shows as nothing.
  static boolean isPlain(String text) {
    return !text.isEmpty()
        && !hasLoneSurrogate(text)
        && text.chars().noneMatch(c -> isUnprintable((char) c));
  }

  /// `text` from a stranger, short and printable, in quotes.
  static String quoted(String text) {
    return '"' + printable(text, MAX_QUOTED_LENGTH).replace('"', '?') + '"';
  }

  /// `text` cut to `maxLength` chars, with `?` for what does not show or shows as something else.
  static String printable(String text, int maxLength) {
    int end = Math.min(text.length(), maxLength);
    StringBuilder out = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      out.append(isUnprintable(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return end < text.length() ? out.append('…').toString() : out.toString();
  }

  static void requireNone(@Nullable String fault) {
    if (fault != null) {
      throw new IllegalArgumentException("a file's entry has " + fault);
    }
  }

  /// Control characters, and those that reorder or break a line where they are shown.
  private static boolean isUnprintable(char c) {
    if (c >= ' ' && c < 0x7f) {
      return false;
    }
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static boolean isAlgorithm(String name) {
    if (name.isEmpty() || name.length() > MAX_ALGORITHM_LENGTH) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  /// How many digits a hash of this algorithm has, 0 for one that is not known here.
  private static int digits(String algorithm) {
    return switch (algorithm) {
      case "md5" -> 32;
      case "sha1" -> 40;
      case "sha224", "sha3_224" -> 56;
      case "sha256", "sha3_256", "blake2b_256", "blake2_256", "blake2s" -> 64;
      case "sha384", "sha3_384" -> 96;
      case "sha512", "sha3_512", "blake2b" -> 128;
      default -> 0;
    };
  }
}
