package dev.wellhead.core.archive;

import java.util.ArrayList;
import java.util.List;

/// `entry_points.txt` (entry points specification): groups in brackets, `name = reference` below.
final class EntryPointFile {
  private static final int MOST = 10_000;

  private EntryPointFile() {}

  /// The entry points that can be read; other lines are passed over, as a listing need not judge.
  static List<EntryPoint> read(String text) {
    List<EntryPoint> points = new ArrayList<>();
    String group = "";
    for (String raw : text.split("\r?\n|\r", -1)) {
      String line = raw.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        group = line.substring(1, line.length() - 1).strip();
      } else if (!line.startsWith("#") && !line.startsWith(";") && points.size() < MOST) {
        int equals = line.indexOf('=');
        if (equals > 0 && !group.isEmpty()) {
          points.add(
              new EntryPoint(
                  group, line.substring(0, equals).strip(), line.substring(equals + 1).strip()));
        }
      }
    }
    return points;
  }
}
