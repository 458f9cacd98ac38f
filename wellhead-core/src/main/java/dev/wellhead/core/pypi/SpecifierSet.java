package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Clauses that a version must satisfy all at once (PEP 440): what stands behind a name in a
/// requirement, or in `Requires-Python`.
///
/// The clauses are kept sorted by their spelling and without repetition, so that the order in which
/// they were written makes no difference. The empty set admits everything.
public final class SpecifierSet {
  private final List<Specifier> specifiers;

  private SpecifierSet(List<Specifier> specifiers) {
    this.specifiers =
        specifiers.stream().distinct().sorted(Comparator.comparing(Specifier::toString)).toList();
  }

  /// Reads clauses separated by commas. Empty places between commas are passed over.
  public static Parse<SpecifierSet> parse(String text) {
    List<Specifier> specifiers = new ArrayList<>();
    Cursor cursor = new Cursor(text);
    do {
      String clause = Cursor.strip(cursor.until(","));
      if (clause.isEmpty()) {
        continue;
      }
      switch (Specifier.parse(clause)) {
        case Parse.Parsed<Specifier>(Specifier specifier) -> specifiers.add(specifier);
        case Parse.Invalid<Specifier>(String why) -> {
          return new Parse.Invalid<>(why);
        }
      }
    } while (cursor.accept(','));
    return new Parse.Parsed<>(new SpecifierSet(specifiers));
  }

  /// The clauses, sorted by their spelling.
  public List<Specifier> specifiers() {
    return specifiers;
  }

  /// Whether there is no clause, so that everything is admitted.
  public boolean isEmpty() {
    return specifiers.isEmpty();
  }

  /// Whether `version`, asked about alone, satisfies every clause.
  ///
  /// With [Prereleases#WHEN_NOTHING_ELSE] a pre-release does, since there is nothing else here; to
  /// choose among several use [#filter].
  public boolean contains(Version version, Prereleases prereleases) {
    return (prereleases != Prereleases.REFUSED || !version.isPrerelease()) && matches(version);
  }

  /// The same for a version as its publisher spelled it, which `===` compares literally and which
  /// need not be a version of PEP 440.
  public boolean contains(String spelling, Prereleases prereleases) {
    Optional<Version> version = Version.parse(spelling);
    if (prereleases == Prereleases.REFUSED && version.isPresent() && version.get().isPrerelease()) {
      return false;
    }
    return specifiers.stream().allMatch(specifier -> specifier.matchesSpelling(spelling));
  }

  /// Those of `versions` that satisfy every clause, in their order.
  public List<Version> filter(Collection<Version> versions, Prereleases prereleases) {
    List<Version> matching = versions.stream().filter(this::matches).toList();
    List<Version> finals = matching.stream().filter(version -> !version.isPrerelease()).toList();
    return switch (prereleases) {
      case ALLOWED -> matching;
      case REFUSED -> finals;
      case WHEN_NOTHING_ELSE -> finals.isEmpty() || namesPrerelease() ? matching : finals;
    };
  }

  private boolean matches(Version version) {
    return specifiers.stream().allMatch(specifier -> specifier.matches(version));
  }

  private boolean namesPrerelease() {
    return specifiers.stream().anyMatch(Specifier::namesPrerelease);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SpecifierSet that && specifiers.equals(that.specifiers);
  }

  @Override
  public int hashCode() {
    return specifiers.hashCode();
  }

  /// The clauses, sorted, with commas between them and no white space.
  @Override
  public String toString() {
    return specifiers.stream().map(Specifier::toString).collect(Collectors.joining(","));
  }
}
