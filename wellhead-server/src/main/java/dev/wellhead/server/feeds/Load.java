package dev.wellhead.server.feeds;

/// What came of a load.
///
/// @param read records or lines that were looked at
/// @param added that were not held
/// @param changed that were held otherwise, the withdrawn ones among them
/// @param withdrawn that are withdrawn from now on
/// @param vanished that the source no longer has, and did not withdraw; they are kept and flagged
/// @param broken that could not be read and were skipped
/// @param held that the feed holds now
public record Load(
    String feed,
    long read,
    long added,
    long changed,
    long withdrawn,
    long vanished,
    long broken,
    long held) {
  /// Whether anything is otherwise than before.
  public boolean isChange() {
    return added + changed + vanished > 0;
  }
}
