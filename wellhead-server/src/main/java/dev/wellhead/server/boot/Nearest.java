package dev.wellhead.server.boot;

import java.util.Collection;
import java.util.Comparator;

/// Guesses which known name somebody meant.
final class Nearest {
  private Nearest() {}

  /// `; did you mean …?` where one of `known` is near, else a full stop.
  static String hint(String name, Collection<String> known) {
    String clean = name.length() > 80 ? name.substring(0, 80) : name;
    return known.stream()
        .min(
            Comparator.<String>comparingInt(each -> distance(clean, each))
                .thenComparing(Comparator.naturalOrder()))
        .filter(each -> distance(clean, each) <= Math.max(2, clean.length() / 3))
        .map(each -> "; did you mean " + each + "?")
        .orElse(".");
  }

  /// How many letters must be put in, left out or changed to come from one to the other
  /// (Levenshtein).
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
