package dev.wellhead.core.pypi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A version as PEP 440 defines it, in its order.
///
/// Numbers are kept as decimal digits and have no limit: versions that are dates or commit counts
/// run past 32 and 64 bits. Reading, printing and comparing take time in proportion to the length
/// of the text. Equality is that of the order, so `1.0` equals `1.0.0`; `toString` keeps the zeros
/// that were written.
public final class Version implements Comparable<Version> {
  private final Parts parts;
  private final String normal;

  /// Which kind of pre-release, in their order.
  enum Phase {
    ALPHA("a"),
    BETA("b"),
    CANDIDATE("rc");

    private final String letters;

    Phase(String letters) {
      this.letters = letters;
    }
  }

  record Pre(Phase phase, String number) {}

  /// The segments; every number as digits without leading zeros, the local one in lower case.
  record Parts(
      String epoch,
      List<String> release,
      @Nullable Pre pre,
      @Nullable String post,
      @Nullable String dev,
      List<String> local) {}

  Version(Parts parts) {
    this.parts = parts;
    this.normal = print(parts);
  }

  /// The version that `text` spells in any of the ways that PEP 440 admits, or empty where it
  /// spells none: versions from before PEP 440 (`2004d`) are none.
  public static Optional<Version> parse(String text) {
    return Optional.ofNullable(VersionParser.parse(text));
  }

  /// The epoch as decimal digits, `0` where none is written.
  public String epoch() {
    return parts.epoch;
  }

  /// The numbers of the release segment as decimal digits without leading zeros, of any length.
  public List<String> release() {
    return parts.release;
  }

  /// What stands behind `+`, normalized: never compared between projects, only within one.
  public Optional<String> local() {
    return parts.local.isEmpty() ? Optional.empty() : Optional.of(String.join(".", parts.local));
  }

  /// Whether this is an alpha, a beta, a release candidate or a development release.
  public boolean isPrerelease() {
    return parts.pre != null || parts.dev != null;
  }

  /// Whether this is a development release (`.devN`).
  public boolean isDevelopment() {
    return parts.dev != null;
  }

  /// Whether this is a post-release (`.postN`).
  public boolean isPostrelease() {
    return parts.post != null;
  }

  /// This version without its local segment: what an index may hold.
  public Version publicPart() {
    return parts.local.isEmpty()
        ? this
        : new Version(
            new Parts(parts.epoch, parts.release, parts.pre, parts.post, parts.dev, List.of()));
  }

  /// Epoch and release alone: the final release that this one belongs to.
  public Version base() {
    return new Version(new Parts(parts.epoch, parts.release, null, null, null, List.of()));
  }

  /// The earliest version there is with the release and pre-release of this one: its `.dev0`.
  Version earliest() {
    return new Version(
        new Parts(parts.epoch, parts.release, parts.pre, parts.post, "0", List.of()));
  }

  /// Whether both have the same epoch, release and pre-release segments, whatever comes behind.
  boolean sameRelease(Version other) {
    return parts.epoch.equals(other.parts.epoch)
        && compareReleases(parts.release, other.parts.release) == 0
        && Objects.equals(parts.pre, other.parts.pre);
  }

  /// Whether the epoch is that of `prefix` and the release begins with its first `count` numbers,
  /// absent ones counting as zero.
  boolean startsWith(Version prefix, int count) {
    if (!parts.epoch.equals(prefix.parts.epoch)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!numberAt(parts.release, i).equals(numberAt(prefix.parts.release, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Version other) {
    int order = compareNumbers(parts.epoch, other.parts.epoch);
    if (order == 0) {
      order = compareReleases(parts.release, other.parts.release);
    }
    if (order == 0) {
      order = comparePre(parts, other.parts);
    }
    if (order == 0) {
      order = compareAbsent(parts.post, other.parts.post, -1);
    }
    if (order == 0) {
      order = compareAbsent(parts.dev, other.parts.dev, 1);
    }
    return order == 0 ? compareLocals(parts.local, other.parts.local) : order;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    int significant = parts.release.size();
    while (significant > 0 && parts.release.get(significant - 1).equals("0")) {
      significant--;
    }
    return Objects.hash(
        parts.epoch,
        parts.release.subList(0, significant),
        parts.pre,
        parts.post,
        parts.dev,
        parts.local);
  }

  /// The normalized spelling: `v1.0-ALPHA.1` prints as `1.0a1`.
  @Override
  public String toString() {
    return normal;
  }

  /// Digits without leading zeros: the longer is the greater, and equal lengths compare as text.
  static int compareNumbers(String left, String right) {
    int order = Integer.compare(left.length(), right.length());
    return order == 0 ? left.compareTo(right) : order;
  }

  private static int compareReleases(List<String> left, List<String> right) {
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order = compareNumbers(numberAt(left, i), numberAt(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String numberAt(List<String> release, int i) {
    return i < release.size() ? release.get(i) : "0";
  }

  private static int comparePre(Parts left, Parts right) {
    if (left.pre != null && right.pre != null) {
      int order = left.pre.phase.compareTo(right.pre.phase);
      return order == 0 ? compareNumbers(left.pre.number, right.pre.number) : order;
    }
    return Integer.compare(preRank(left), preRank(right));
  }

  /// `1.0.dev1` comes before `1.0a1`, and `1.0` and its post-releases come after it.
  private static int preRank(Parts parts) {
    if (parts.pre != null) {
      return 1;
    }
    return parts.post == null && parts.dev != null ? 0 : 2;
  }

  private static int compareAbsent(
      @Nullable String left, @Nullable String right, int whenLeftAbsent) {
    if (left == null) {
      return right == null ? 0 : whenLeftAbsent;
    }
    if (right == null) {
      return -whenLeftAbsent;
    }
    return compareNumbers(left, right);
  }

  /// PEP 440, local version identifiers: numbers come after words, and a longer one after its own
  /// beginning.
  private static int compareLocals(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String mine = left.get(i);
      String theirs = right.get(i);
      boolean number = isNumber(mine);
      int order =
          number != isNumber(theirs)
              ? (number ? 1 : -1)
              : number ? compareNumbers(mine, theirs) : mine.compareTo(theirs);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  static boolean isNumber(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (!Cursor.isDigit(segment.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String print(Parts parts) {
    StringBuilder out = new StringBuilder();
    if (!parts.epoch.equals("0")) {
      out.append(parts.epoch).append('!');
    }
    out.append(String.join(".", parts.release));
    if (parts.pre != null) {
      out.append(parts.pre.phase.letters).append(parts.pre.number);
    }
    if (parts.post != null) {
      out.append(".post").append(parts.post);
    }
    if (parts.dev != null) {
      out.append(".dev").append(parts.dev);
    }
    if (!parts.local.isEmpty()) {
      out.append('+').append(String.join(".", parts.local));
    }
    return out.toString();
  }
}
