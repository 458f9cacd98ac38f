package dev.wellhead.server.db;

/// What survives when the machine loses power (a crash of the program alone loses nothing that was
/// acknowledged).
public enum Durability {
  /// Every acknowledged write survives: each group commit waits for the disk.
  FULL,
  /// The file stays whole, but writes since the last checkpoint (about a second) may be lost.
  NORMAL
}
