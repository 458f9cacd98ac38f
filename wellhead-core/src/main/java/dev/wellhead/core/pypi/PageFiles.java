package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The files of a page as they are read, each name once.
final class PageFiles {
  private final PageLimits limits;
  private final Map<String, FileEntry> byName = new HashMap<>();
  private final List<FileEntry> inOrder = new ArrayList<>();

  PageFiles(PageLimits limits) {
    this.limits = limits;
  }

  /// Whether this very entry is there.
  boolean contains(FileEntry file) {
    return file.equals(byName.get(file.filename()));
  }

  /// Adds a file, unless one with the same name and the same hashes is there: a name may stand for
  /// one content only, and nothing but hashes shows that.
  void add(FileEntry file) throws MalformedPageException {
    FileEntry earlier = byName.putIfAbsent(file.filename(), file);
    if (earlier == null) {
      if (inOrder.size() == limits.maxEntries()) {
        throw new MalformedPageException(
            "The page has more than " + limits.maxEntries() + " entries in `files`.");
      }
      inOrder.add(file);
    } else if (earlier.hashes().isEmpty() || !earlier.hashes().equals(file.hashes())) {
      throw new MalformedPageException(
          "The page has the file "
              + PageRules.quoted(file.filename())
              + " twice, with `hashes` that do not say that both are the same.");
    }
  }

  List<FileEntry> inOrder() {
    return inOrder;
  }
}
