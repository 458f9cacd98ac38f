package dev.wellhead.server.feeds;

/// What a load remembers of a record that is held: enough to tell whether it is still the same.
final class KnownRecord {
  private final Digest digest;
  private final long modified;
  private final long listed;
  private final Mark mark;
  private boolean seen;

  /// How a record stands.
  enum Mark {
    IN_FORCE,
    WITHDRAWN,
    VANISHED
  }

  KnownRecord(Digest digest, long modified, long listed, Mark mark) {
    this.digest = digest;
    this.modified = modified;
    this.listed = listed;
    this.mark = mark;
  }

  boolean is(Digest content) {
    return digest.equals(content);
  }

  /// When it was last modified, as it says itself, in milliseconds.
  long modified() {
    return modified;
  }

  /// Whether a list of changes that gives this time, in milliseconds, speaks of a later record.
  boolean isBefore(long change) {
    return change > Math.max(modified, listed);
  }

  /// How it stood before this load, or stands by what this load brought.
  Mark mark() {
    return mark;
  }

  void see() {
    seen = true;
  }

  /// Whether this load met it.
  boolean isSeen() {
    return seen;
  }
}
