package dev.wellhead.server.boot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command line of a plain `serve`, read without picocli.
///
/// picocli's classes are of a format that no AOT cache takes up: loading and verifying them costs a
/// start a quarter of a second of CPU. A start that is right needs none of it. Help and everything
/// that is wrong still go to picocli, by `ServeVerb`; a test holds the two equal.
final class ServeFlags {
  /// Options and the settings they stand for.
  static final Map<String, String> SETTINGS =
      Map.of(
          "--data", "data",
          "--host", "server.host",
          "--port", "server.port",
          "--upstream", "upstream.index",
          "--upstream-files", "upstream.files",
          "--config", "config");

  private ServeFlags() {}

  /// The flags where `arguments` are `serve` and nothing but known options with their values; else
  /// empty.
  static Optional<Map<String, String>> of(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.getFirst().equals("serve")) {
      return Optional.empty();
    }
    Map<String, String> flags = new HashMap<>();
    for (int i = 1; i < arguments.size(); i++) {
      String option = arguments.get(i);
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String key = SETTINGS.get(name);
      if (equals < 0) {
        i++;
      }
      if (key == null || i >= arguments.size()) {
        return Optional.empty();
      }
      String value = equals < 0 ? arguments.get(i) : option.substring(equals + 1);
      boolean again = flags.containsKey(key);
      if (value.isEmpty() || value.startsWith("-") || (again && !key.equals("upstream.files"))) {
        return Optional.empty();
      }
      flags.merge(key, value, (one, other) -> one + "," + other);
    }
    return Optional.of(flags);
  }
}
