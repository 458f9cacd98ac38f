package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The name of a wheel: `{name}-{version}(-{build})?-{pythons}-{abis}-{platforms}.whl` (PEP 427).
///
/// `build` is null where there is no build tag. `tags` is the whole set that the three compressed
/// parts stand for (PEP 425), without repetition and sorted.
public record WheelFilename(
    String filename, String name, Version version, @Nullable BuildTag build, List<Tag> tags)
    implements DistributionFilename {
  /// A name of 512 characters could stand for a million tags; real ones stand for a dozen.
  private static final int MAX_TAGS = 4096;

  public WheelFilename {
    tags = List.copyOf(tags);
  }

  /// One environment that the wheel runs in; prints as `py3-none-any`.
  public record Tag(String python, String abi, String platform) implements Comparable<Tag> {
    @Override
    public int compareTo(Tag other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return python + "-" + abi + "-" + platform;
    }
  }

  /// The tie-breaker between wheels of one version: a number of any length, as digits, and what
  /// follows it.
  public record BuildTag(String number, String suffix) implements Comparable<BuildTag> {
    @Override
    public int compareTo(BuildTag other) {
      int order = Version.compareNumbers(number, other.number);
      return order == 0 ? suffix.compareTo(other.suffix) : order;
    }

    @Override
    public String toString() {
      return number + suffix;
    }
  }

  static Parse<DistributionFilename> read(String filename) {
    List<String> parts = split(filename.substring(0, filename.length() - 4), '-');
    if (parts.size() != 5 && parts.size() != 6) {
      return DistributionFilename.invalid(
          filename, "has " + parts.size() + " parts between its hyphens; a wheel has 5 or 6");
    }
    String name = parts.getFirst();
    if (!DistributionFilename.isNamePart(name, "_.") || name.contains("__")) {
      return DistributionFilename.invalid(
          filename, "does not begin with an escaped project name (PEP 427)");
    }
    Version version = DistributionFilename.spelled(parts.get(1));
    if (version == null) {
      return DistributionFilename.invalid(filename, "has no version of PEP 440 in its second part");
    }
    BuildTag build = parts.size() == 6 ? build(parts.get(2)) : null;
    if (parts.size() == 6 && build == null) {
      return DistributionFilename.invalid(
          filename, "has a build tag that does not begin with a digit");
    }
    return tagged(filename, ProjectName.normalize(name), version, build, parts);
  }

  private static Parse<DistributionFilename> tagged(
      String filename, String name, Version version, @Nullable BuildTag build, List<String> parts) {
    int last = parts.size() - 1;
    List<String> pythons = split(parts.get(last - 2), '.');
    List<String> abis = split(parts.get(last - 1), '.');
    List<String> platforms = split(parts.get(last), '.');
    if (!areTags(pythons) || !areTags(abis) || !areTags(platforms)) {
      return DistributionFilename.invalid(
          filename, "has an empty tag, or one with other than letters, digits and underscores");
    }
    if (pythons.stream().anyMatch(python -> Cursor.isDigit(python.charAt(0)))) {
      return DistributionFilename.invalid(filename, "has a Python tag that begins with a digit");
    }
    if ((long) pythons.size() * abis.size() * platforms.size() > MAX_TAGS) {
      return DistributionFilename.invalid(filename, "stands for more than " + MAX_TAGS + " tags");
    }
    Set<Tag> tags = new TreeSet<>();
    for (String python : pythons) {
      for (String abi : abis) {
        for (String platform : platforms) {
          tags.add(new Tag(python, abi, platform));
        }
      }
    }
    return new Parse.Parsed<>(new WheelFilename(filename, name, version, build, List.copyOf(tags)));
  }

  private static @Nullable BuildTag build(String text) {
    int end = 0;
    while (end < text.length() && Cursor.isDigit(text.charAt(end))) {
      end++;
    }
    String suffix = text.substring(end);
    if (end == 0 || (!suffix.isEmpty() && !DistributionFilename.isNamePart(suffix, "_.+"))) {
      return null;
    }
    return new BuildTag(Cursor.trimZeros(text.substring(0, end)), suffix);
  }

  private static boolean areTags(List<String> tags) {
    return tags.stream().allMatch(tag -> DistributionFilename.isNamePart(tag, "_"));
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    parts.add(text.substring(start));
    return parts;
  }
}
