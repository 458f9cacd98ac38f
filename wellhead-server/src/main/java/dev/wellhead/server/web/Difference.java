package dev.wellhead.server.web;

import dev.wellhead.core.archive.ListedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What the list of files in one distribution has that the one before it has not.
///
/// Folders that carry the version (`six-1.0.dist-info`, `six-1.0/`) count as the same. Where RECORD
/// states no hashes, files of one size count as the same: this is for a first look, no proof.
///
/// @param filename of the file that it is compared with
/// @param rows what differs, by path
/// @param same how many files do not
public record Difference(String version, String filename, List<Row> rows, int same) {
  private static final Pattern VERSIONED =
      Pattern.compile("^[^/]+?-[^/]*(\\.(?:dist-info|data))?/");

  /// How a file differs; the words are keys of texts.
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /// A file that differs.
  ///
  /// @param before its size in the release before, 0 where it was not there
  /// @param after its size now, 0 where it is there no longer
  public record Row(Kind kind, String path, long before, long after) {}

  public Difference {
    rows = List.copyOf(rows);
  }

  static Difference between(
      String version, String filename, List<ListedFile> before, List<ListedFile> after) {
    Map<String, ListedFile> old = byPath(before);
    Map<String, ListedFile> now = byPath(after);
    List<Row> rows = new ArrayList<>();
    int same = 0;
    for (Map.Entry<String, ListedFile> entry : now.entrySet()) {
      ListedFile file = entry.getValue();
      ListedFile earlier = old.remove(entry.getKey());
      if (earlier == null) {
        rows.add(new Row(Kind.ADDED, file.path(), 0, file.size()));
      } else if (differs(earlier, file)) {
        rows.add(new Row(Kind.CHANGED, file.path(), earlier.size(), file.size()));
      } else {
        same++;
      }
    }
    old.values().forEach(file -> rows.add(new Row(Kind.REMOVED, file.path(), file.size(), 0)));
    return new Difference(version, filename, rows, same);
  }

  public long count(Kind kind) {
    return rows.stream().filter(row -> row.kind() == kind).count();
  }

  private static boolean differs(ListedFile before, ListedFile after) {
    return before.size() != after.size()
        || (before.statedSha256() != null
            && after.statedSha256() != null
            && !Objects.equals(before.statedSha256(), after.statedSha256()));
  }

  private static Map<String, ListedFile> byPath(List<ListedFile> files) {
    Map<String, ListedFile> byPath = new TreeMap<>();
    files.forEach(file ->
        byPath.put(
            VERSIONED
                .matcher(file.path())
                .replaceFirst(found -> found.group(1) == null ? "*/" : "*" + found.group(1) + "/"),
            file));
    return byPath;
  }
}
