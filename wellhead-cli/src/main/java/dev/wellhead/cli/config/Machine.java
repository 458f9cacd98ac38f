package dev.wellhead.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where clients look on this machine.
///
/// @param environment the variables of the one who runs them
/// @param root what `/etc` lies in
/// @param folder where they are run
record Machine(Map<String, String> environment, Path root, Path folder) {
  Machine {
    environment = Map.copyOf(environment);
  }

  /// A variable; empty where it is not set, as clients take it.
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  Path home() {
    return Path.of(environment.getOrDefault("HOME", root.toString()));
  }

  /// `~/.config`, or what stands for it (XDG Base Directory).
  Path config() {
    String set = variable("XDG_CONFIG_HOME");
    return set.isEmpty() ? home().resolve(".config") : Path.of(set);
  }

  /// The folder of a client that follows the customs of macOS, where that has been used; else the
  /// one below `config`.
  Path config(String client) {
    Path mac = home().resolve("Library/Application Support").resolve(client);
    return Files.isDirectory(mac) ? mac : config().resolve(client);
  }

  /// `/etc/xdg`, or what stands for it, the first that wins first.
  List<Path> systemConfig() {
    String set = variable("XDG_CONFIG_DIRS");
    List<Path> folders = new ArrayList<>();
    for (String each : (set.isEmpty() ? root.resolve("etc/xdg").toString() : set).split(":", -1)) {
      if (!each.isEmpty()) {
        folders.add(Path.of(each));
      }
    }
    return folders;
  }
}
