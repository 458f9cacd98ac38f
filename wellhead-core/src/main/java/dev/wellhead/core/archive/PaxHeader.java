package dev.wellhead.core.archive;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An extended header of a tar file (POSIX.1-2024, pax): lines of `LENGTH KEY=VALUE`.
final class PaxHeader {
  private PaxHeader() {}

  /// @throws UnreadableArchiveException where a line does not have its length, or tells of a sparse
  ///   file
  static Map<String, String> read(byte[] header) throws UnreadableArchiveException {
    Map<String, String> values = new HashMap<>();
    int at = 0;
    while (at < header.length) {
      int space = at;
      int length = 0;
      while (space < header.length && header[space] >= '0' && header[space] <= '9') {
        length = Math.min(length * 10 + header[space] - '0', header.length + 1);
        space++;
      }
      int end = at + length;
      boolean whole =
          space > at
              && space < header.length
              && header[space] == ' '
              && end > space + 1
              && end <= header.length
              && header[end - 1] == '\n';
      String line =
          whole ? new String(header, space + 1, end - space - 2, StandardCharsets.UTF_8) : "";
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new UnreadableArchiveException("an extended tar header in it cannot be read");
      }
      String key = line.substring(0, equals);
      if (key.startsWith("GNU.sparse.")) {
        throw sparse(key);
      }
      values.put(key, line.substring(equals + 1));
      at = end;
    }
    return values;
  }

  /// A global header says something of all entries that follow, as `git archive` does with its
  /// commit. One that names or sizes them all is read differently by different readers.
  static void requireNoRenaming(Map<String, String> global) throws UnreadableArchiveException {
    for (String key : List.of("path", "linkpath", "size")) {
      if (global.containsKey(key)) {
        throw new UnreadableArchiveException(
            "a global tar header in it gives all files one " + key);
      }
    }
  }

  static long size(Map<String, String> header, long inBlock) throws UnreadableArchiveException {
    String size = header.get("size");
    if (size == null) {
      return inBlock;
    }
    if (!size.matches("[0-9]{1,18}")) {
      throw new UnreadableArchiveException("an extended tar header in it states no size");
    }
    return Long.parseLong(size);
  }

  static UnreadableArchiveException sparse(String path) {
    return new UnreadableArchiveException(
        ArchivePath.shown(path) + " in it is a sparse file, which no distribution needs");
  }
}
