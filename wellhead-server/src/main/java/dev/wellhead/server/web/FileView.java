package dev.wellhead.server.web;

import dev.wellhead.core.archive.ListedFile;
import dev.wellhead.server.catalog.HeldFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A file: what is known of it, what lies in it, and what is new in that.
///
/// @param difference to the release before; null where there is nothing to compare with
public record FileView(
    Shell shell,
    String project,
    String version,
    HeldFile file,
    Contents contents,
    @Nullable Difference difference) {
  public Words words() {
    return shell.words();
  }

  /// By algorithm.
  public Map<String, String> hashes() {
    return new TreeMap<>(file.entry().hashes());
  }

  /// Where clients find the provenance object.
  public String provenance() {
    return "/integrity/"
        + Links.encoded(project)
        + "/"
        + Links.encoded(version)
        + "/"
        + Links.encoded(file.entry().filename())
        + "/provenance";
  }

  /// The files that fit on a page.
  public List<ListedFile> shown(Contents.Listed listed) {
    return listed.files().stream().limit(Contents.Listed.MOST_ROWS).toList();
  }

  /// The differences that fit on a page.
  public List<Difference.Row> rows() {
    return difference == null
        ? List.of()
        : difference.rows().stream().limit(Contents.Listed.MOST_ROWS).toList();
  }
}
