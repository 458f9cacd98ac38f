package dev.wellhead.server.feeds;

/// A line of a list.
///
/// @param subject the CVE, the project's normalized name, or `sha256:` and the digest
/// @param version of the project; empty where all are meant
/// @param position in the list, from 1; 0 where the order says nothing
/// @param reason may be empty
record Entry(String subject, String version, long position, String reason) {
  /// What stands for it in the list.
  Key key() {
    return new Key(subject, version);
  }

  record Key(String subject, String version) {}
}
