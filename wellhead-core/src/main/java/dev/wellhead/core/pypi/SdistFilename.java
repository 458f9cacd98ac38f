package dev.wellhead.core.pypi;

/// The name of a source distribution: `{name}-{version}.tar.gz` (PEP 625), or `.zip` as in older
/// ones, split at the last hyphen.
public record SdistFilename(String filename, String name, Version version)
    implements DistributionFilename {

  static Parse<DistributionFilename> read(String filename) {
    String stem = filename.substring(0, filename.length() - (filename.endsWith(".zip") ? 4 : 7));
    int hyphen = stem.lastIndexOf('-');
    if (hyphen < 0) {
      return DistributionFilename.invalid(
          filename, "has no hyphen between the project and its version");
    }
    String name = stem.substring(0, hyphen);
    if (!DistributionFilename.isNamePart(name, "_.-")) {
      return DistributionFilename.invalid(filename, "does not begin with the name of a project");
    }
    Version version = DistributionFilename.spelled(stem.substring(hyphen + 1));
    if (version == null) {
      return DistributionFilename.invalid(
          filename, "has no version of PEP 440 behind its last hyphen");
    }
    return new Parse.Parsed<>(new SdistFilename(filename, ProjectName.normalize(name), version));
  }
}
