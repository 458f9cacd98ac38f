package dev.wellhead.core.lookalike;

/// What is left of a name when one kind of difference is taken out of it.
final class Shapes {
  private Shapes() {}

  /// Without separators.
  static String joined(String name) {
    return name.replace("-", "");
  }

  /// With one letter for all that look like it.
  static String lookedAt(String name) {
    return joined(name)
        .replace("rn", "m")
        .replace("vv", "w")
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('5', 's');
  }

  /// With every run of a letter as one.
  static String single(String name) {
    String joined = joined(name);
    StringBuilder out = new StringBuilder(joined.length());
    for (int i = 0; i < joined.length(); i++) {
      if (i == 0 || joined.charAt(i) != joined.charAt(i - 1)) {
        out.append(joined.charAt(i));
      }
    }
    return out.toString();
  }

  static String without(String name, int i) {
    return name.substring(0, i) + name.substring(i + 1);
  }

  /// Whether putting in, leaving out, changing one letter or swapping two neighbours makes one of
  /// the other.
  static boolean isOneEdit(String one, String other) {
    if (one.length() < other.length()) {
      return isOneEdit(other, one);
    }
    if (one.length() - other.length() > 1 || one.equals(other)) {
      return false;
    }
    int i = 0;
    while (i < other.length() && one.charAt(i) == other.charAt(i)) {
      i++;
    }
    if (one.length() > other.length()) {
      return one.substring(i + 1).equals(other.substring(i));
    }
    return one.substring(i + 1).equals(other.substring(i + 1))
        || (i + 1 < one.length()
            && one.charAt(i) == other.charAt(i + 1)
            && one.charAt(i + 1) == other.charAt(i)
            && one.substring(i + 2).equals(other.substring(i + 2)));
  }
}
