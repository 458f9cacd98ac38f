package dev.wellhead.cli.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The lines that a change takes out and puts in, for a person to look at.
final class Difference {
  private Difference() {}

  /// `-` lines and `+` lines, secrets hidden; empty where nothing changes.
  static String of(String before, String after, IndexUrl index) {
    List<String> old = lines(before);
    List<String> young = lines(after);
    int[][] common = new int[old.size() + 1][young.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = young.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(young.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    StringBuilder told = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < young.size()) {
      if (i < old.size() && j < young.size() && old.get(i).equals(young.get(j))) {
        i++;
        j++;
      } else if (j == young.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        told.append("  - ").append(index.shownLine(old.get(i++))).append('\n');
      } else {
        told.append("  + ").append(index.shownLine(young.get(j++))).append('\n');
      }
    }
    return told.toString();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    // More than that is no settings file that a person looks at.
    return lines.subList(0, Math.min(lines.size(), 3_000));
  }
}
