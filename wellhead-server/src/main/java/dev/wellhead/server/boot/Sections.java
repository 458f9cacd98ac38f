package dev.wellhead.server.boot;

import java.util.Set;
import java.util.TreeSet;

/// The names of the sections, read off the settings.
final class Sections {
  /// Every prefix of a key: `upstream` and `upstream.tls` for `upstream.tls.ca`.
  static final Set<String> NAMES = names();

  private Sections() {}

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
