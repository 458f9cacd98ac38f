package dev.wellhead.core.osv;

import dev.wellhead.core.pypi.Version;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Versions as a record lists them, looked up in the order's own equality: `1.0` is `1.0.0`.
///
/// Spellings from before PEP 440 are kept for the reader, but no file of today has one.
public final class VersionList {
  private static final VersionList EMPTY = new VersionList(Set.of());

  private final Set<String> spelled;
  private final Set<Version> known;

  private VersionList(Set<String> spelled) {
    this.spelled = spelled;
    this.known = HashSet.newHashSet(spelled.size());
    for (String text : spelled) {
      Version.parse(text).ifPresent(known::add);
    }
  }

  /// The list of these spellings, in their order.
  public static VersionList of(Collection<String> spelled) {
    return spelled.isEmpty()
        ? EMPTY
        : new VersionList(Collections.unmodifiableSet(new LinkedHashSet<>(spelled)));
  }

  /// As the record spells them, in its order.
  public Set<String> spelled() {
    return spelled;
  }

  public boolean isEmpty() {
    return spelled.isEmpty();
  }

  /// Whether `version` is listed; a local build (`2.0+cpu`) counts as what it was built from.
  public boolean contains(Version version) {
    return !known.isEmpty() && (known.contains(version) || known.contains(version.publicPart()));
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof VersionList list && spelled.equals(list.spelled);
  }

  @Override
  public int hashCode() {
    return spelled.hashCode();
  }

  @Override
  public String toString() {
    return spelled.toString();
  }
}
