package dev.wellhead.core.archive;

import org.jspecify.annotations.Nullable;

/// Decides whether a path in an archive stays within the folder that it is unpacked to, on every
/// system.
final class ArchivePath {
  private static final int LONGEST = 4_096;
  private static final int LONGEST_SHOWN = 100;

  private ArchivePath() {}

  /// `path` without a leading `./`, as hand-made tar files have it.
  ///
  /// @throws UnreadableArchiveException where it leads outside, or to different places on different
  ///   systems, or is too long or too deep
  static String checked(String path, ReadingLimits limits) throws UnreadableArchiveException {
    String plain = path.startsWith("./") ? path.substring(2) : path;
    String fault = fault(plain, limits);
    if (fault != null) {
      throw new UnreadableArchiveException("the path " + shown(path) + " in it " + fault);
    }
    return plain;
  }

  /// Short and printable, in quotes.
  static String shown(String path) {
    StringBuilder out = new StringBuilder("\"");
    int end = Math.min(path.length(), LONGEST_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      out.append(c >= ' ' && c < 0x7f && c != '"' ? c : '?');
    }
    return out.append(end < path.length() ? "…\"" : "\"").toString();
  }

  private static @Nullable String fault(String path, ReadingLimits limits) {
    if (path.length() > LONGEST) {
      return "is longer than " + LONGEST + " characters";
    }
    if (path.startsWith("/") || (path.length() > 1 && path.charAt(1) == ':')) {
      return "begins at the root of a file system";
    }
    int depth = 0;
    for (String segment : path.split("/", -1)) {
      boolean last = depth > 0 && segment.isEmpty() && path.length() > 1 && path.endsWith("/");
      if (segment.equals("..") || segment.equals(".") || (segment.isEmpty() && !last)) {
        return path.isEmpty() ? "is empty" : "climbs or has an empty part";
      }
      depth++;
    }
    if (depth > limits.depth() + 1) {
      return "lies below more than " + limits.depth() + " folders";
    }
    boolean odd = path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c) || c == 0xfffd);
    return odd ? "has a backslash or a character that is none" : null;
  }
}
