package dev.wellhead.server.db;

/// What a thread of SQLite finds in its queue.
sealed interface Order permits Order.Checkpoint, Order.End, Pending {
  /// Moves what is in the log into the file.
  record Checkpoint() implements Order {}

  /// Nothing comes after this.
  record End() implements Order {}
}
