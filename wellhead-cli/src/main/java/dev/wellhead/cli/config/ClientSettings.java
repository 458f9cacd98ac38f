package dev.wellhead.cli.config;

import java.nio.file.Path;
import java.util.List;

/// How one client is pointed at one index.
sealed interface ClientSettings
    permits PipSettings, UvSettings, PoetrySettings, PdmSettings, HatchSettings {
  /// The file that is changed; it need not exist yet.
  Path file();

  /// What belongs into it, for a person to put in by hand.
  String lines();

  /// Its text with the client pointed at the index.
  ///
  /// @throws NotUnderstoodException where the text is not what the client reads, or cannot be
  ///   changed without changing anything else
  String edited(String text) throws NotUnderstoodException;

  /// Every other index that the client would ask, wherever it is written.
  List<Finding> others();
}
