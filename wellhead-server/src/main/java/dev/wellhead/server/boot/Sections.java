package dev.wellhead.server.boot;

import java.util.Set;
import java.util.TreeSet;

/// The names of the sections, read off the settings.
final class Sections {
  /// Every prefix of a key: `upstream` and `upstream.tls` for `upstream.tls.ca`; of named tables
  /// with `*` for the name.
  static final Set<String> NAMES = names();

  private Sections() {}

  /// Whether `path` is a section, also one that people named.
  static boolean has(String path) {
    return NAMES.stream().anyMatch(section -> SettingPath.isSection(section, path));
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (SettingKey key : SettingKey.all()) {
      for (int dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
        names.add(key.path().substring(0, dot));
      }
    }
    return Set.copyOf(names);
  }
}
