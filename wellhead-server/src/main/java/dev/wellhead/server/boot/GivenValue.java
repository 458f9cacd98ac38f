package dev.wellhead.server.boot;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A value that somebody gave for a setting, and where.
sealed interface GivenValue {
  /// Where it stands, as an error sentence begins: `wellhead.toml:3:1`, `WELLHEAD_DATA`, `--port`.
  String where();

  /// The folder from which a relative path starts.
  Path base();

  /// From the file, where values have types.
  record Typed(String where, Path base, JsonNode value) implements GivenValue {}

  /// From the environment or the command line, where everything is text.
  record Spelled(String where, Path base, String value) implements GivenValue {}
}
