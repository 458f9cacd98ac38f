package dev.wellhead.core.pypi;

/// What kind of distribution a file is, in the words of the legacy API, as far as its name tells.
///
/// @param packageType `sdist`, `bdist_wheel`, or one of the forms of old
/// @param pythonVersion for what Python it was built: `source`, a wheel's Python tag, `2.7`, `any`
record LegacyKind(String packageType, String pythonVersion) {
  static LegacyKind of(String filename) {
    int dot = filename.lastIndexOf('.');
    String stem = dot < 0 ? filename : filename.substring(0, dot);
    return switch (dot < 0 ? "" : filename.substring(dot + 1)) {
      case "whl" -> new LegacyKind("bdist_wheel", pythonTag(stem));
      case "egg" -> new LegacyKind("bdist_egg", pythonSuffix(stem));
      case "exe" -> new LegacyKind("bdist_wininst", pythonSuffix(stem));
      case "msi" -> new LegacyKind("bdist_msi", pythonSuffix(stem));
      case "rpm" -> new LegacyKind("bdist_rpm", "any");
      case "dmg" -> new LegacyKind("bdist_dmg", "any");
      default -> new LegacyKind("sdist", "source");
    };
  }

  /// `cp311` of `numpy-1.26.4-cp311-cp311-linux_x86_64`.
  private static String pythonTag(String stem) {
    String[] parts = stem.split("-", -1);
    return parts.length < 5 ? "any" : parts[parts.length - 3];
  }

  /// `2.7` of `PyYAML-3.10.win32-py2.7`, also where a platform follows.
  private static String pythonSuffix(String stem) {
    int start = stem.lastIndexOf("-py");
    if (start < 0) {
      return "any";
    }
    int end = stem.indexOf('-', start + 1);
    return stem.substring(start + 3, end < 0 ? stem.length() : end);
  }
}
