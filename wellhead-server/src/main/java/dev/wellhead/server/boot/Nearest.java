package dev.wellhead.server.boot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Guesses which known name somebody meant.
final class Nearest {
  private static final Pattern SEPARATORS = Pattern.compile("[._]");

  /// What other programs call such a setting; no slip of the finger leads from one to the other.
  private static final Map<String, String> OTHER_WORDS =
      Map.ofEntries(
          Map.entry("port", "server.port"),
          Map.entry("host", "server.host"),
          Map.entry("upstream.url", "upstream.index"),
          Map.entry("upstream.index_url", "upstream.index"),
          Map.entry("server.address", "server.host"),
          Map.entry("server.bind", "server.host"),
          Map.entry("server.listen", "server.host"),
          Map.entry("server.url", "server.public_url"),
          Map.entry("data_dir", "data"),
          Map.entry("data_folder", "data"),
          Map.entry("storage.url", "storage.postgres.url"));

  private Nearest() {}

  /// `; did you mean …?` where one of `known` is near or is called so elsewhere, else a full stop.
  static String hint(String name, Collection<String> known) {
    String clean = name.length() > 80 ? name.substring(0, 80) : name;
    return otherWord(clean, known)
        .or(() -> sameEnd(clean, known))
        .or(() -> likeliest(clean, known))
        .map(each -> "; did you mean " + each + "?")
        .orElse(".");
  }

  private static Optional<String> otherWord(String name, Collection<String> known) {
    boolean variable = name.startsWith("WELLHEAD_");
    return OTHER_WORDS.entrySet().stream()
        .filter(entry -> spelled(entry.getKey(), variable).equals(name))
        .map(entry -> spelled(entry.getValue(), variable))
        .filter(known::contains)
        .findFirst();
  }

  private static String spelled(String path, boolean variable) {
    return variable ? "WELLHEAD_" + path.replace('.', '_').toUpperCase(Locale.ROOT) : path;
  }

  /// The one known name that is this one with something in front: people leave out the section.
  private static Optional<String> sameEnd(String name, Collection<String> known) {
    String bare = name.startsWith("WELLHEAD_") ? name.substring("WELLHEAD_".length()) : name;
    List<String> same =
        known.stream()
            .filter(each ->
                each.length() > bare.length()
                    && each.endsWith(bare)
                    && SEPARATORS
                        .matcher(each.substring(each.length() - bare.length() - 1))
                        .lookingAt())
            .toList();
    return same.size() == 1 ? Optional.of(same.getFirst()) : Optional.empty();
  }

  private static Optional<String> likeliest(String clean, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(each -> distance(clean, each))
                .thenComparing(Comparator.naturalOrder()))
        .filter(each -> distance(clean, each) <= Math.max(2, clean.length() / 3));
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
