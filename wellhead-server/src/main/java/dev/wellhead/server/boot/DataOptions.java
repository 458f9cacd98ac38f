package dev.wellhead.server.boot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every verb that works on a data folder.
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: ./wellhead-data).")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings file (default: DIR/wellhead.toml where there is one).")
  private @Nullable String config;

  /// Whether a settings file was named.
  boolean isConfigured() {
    return config != null;
  }

  /// What was given, as [SettingsLoader] takes it.
  Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    if (data != null) {
      flags.put("data", data);
    }
    if (config != null) {
      flags.put("config", config);
    }
    return flags;
  }
}
