package dev.wellhead.cli.config;

/// For whom a client is pointed at the index, where it has a file for both.
enum Scope {
  /// Everything that the user does.
  USER,
  /// The project of the current folder.
  PROJECT
}
