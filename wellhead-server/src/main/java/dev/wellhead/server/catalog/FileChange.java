package dev.wellhead.server.catalog;

/// What happened to one file between two looks at a source's page.
///
/// @param kind `seen`, `gone`, `returned` or `changed`
/// @param detail for `changed` what was and is, in words
record FileChange(HeldFile file, Kind kind, String detail) {
  enum Kind {
    SEEN("seen"),
    GONE("gone"),
    RETURNED("returned"),
    CHANGED("changed"),
    /// Moved within the page, which nobody need be told of.
    MOVED("moved");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
