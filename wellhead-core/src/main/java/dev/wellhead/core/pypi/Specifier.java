package dev.wellhead.core.pypi;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One clause of a specifier set: an operator and a version (PEP 440, Version specifiers).
///
/// Equality is that of the spelling: `>=1.0` and `>=1.0.0` admit the same versions and are two
/// values, since `~=1.0` and `~=1.0.0` do not.
public final class Specifier {
  private final Operator operator;
  private final String text;

  /// Null for `===` alone, whose text may be anything.
  private final @Nullable Version version;

  private final boolean wildcard;

  /// The comparison operators, the longer before the shorter that it begins with.
  public enum Operator {
    ARBITRARY("==="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    COMPATIBLE("~="),
    AT_MOST("<="),
    AT_LEAST(">="),
    BELOW("<"),
    ABOVE(">");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /// As it is written.
    @Override
    public String toString() {
      return symbol;
    }

    boolean isAt(Cursor cursor) {
      return cursor.accept(symbol);
    }
  }

  private Specifier(Operator operator, String text, @Nullable Version version, boolean wildcard) {
    this.operator = operator;
    this.text = text;
    this.version = version;
    this.wildcard = wildcard;
  }

  /// Reads one clause, `>=1.0` for instance, with white space around either part.
  public static Parse<Specifier> parse(String clause) {
    Cursor cursor = new Cursor(Cursor.strip(clause));
    for (Operator operator : Operator.values()) {
      if (operator.isAt(cursor)) {
        return of(operator, Cursor.strip(cursor.until("")));
      }
    }
    return new Parse.Invalid<>(
        "A version specifier begins with one of ===, ==, !=, ~=, <=, >=, <, >; "
            + Cursor.quote(clause)
            + " does not.");
  }

  /// The clause of `operator` with `text`, which has no white space around it.
  static Parse<Specifier> of(Operator operator, String text) {
    if (operator == Operator.ARBITRARY) {
      return arbitrary(text);
    }
    boolean wildcard = text.endsWith(".*");
    String spelled = wildcard ? text.substring(0, text.length() - 2) : text;
    Version version = hasSpace(spelled) ? null : VersionParser.parse(spelled);
    if (version == null) {
      return invalid(operator, text, "is not followed by a version of PEP 440");
    }
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    if (wildcard && (!equality || !isBare(version))) {
      return invalid(
          operator, text, "may end in .* only behind == or != and a release without suffix");
    }
    if (!equality && version.local().isPresent()) {
      return invalid(operator, text, "may name a local version only behind == or !=");
    }
    if (operator == Operator.COMPATIBLE && version.release().size() < 2) {
      return invalid(operator, text, "needs at least two release numbers");
    }
    return new Parse.Parsed<>(new Specifier(operator, text, version, wildcard));
  }

  private static Parse<Specifier> arbitrary(String text) {
    if (hasSpace(text) || text.indexOf(';') >= 0 || text.indexOf(')') >= 0) {
      return invalid(Operator.ARBITRARY, text, "must not contain white space, ';' or ')'");
    }
    return new Parse.Parsed<>(new Specifier(Operator.ARBITRARY, text, null, false));
  }

  private static Parse<Specifier> invalid(Operator operator, String text, String why) {
    return new Parse.Invalid<>("The specifier " + Cursor.quote(operator + text) + " " + why + ".");
  }

  /// How a version is compared with [#text].
  public Operator operator() {
    return operator;
  }

  /// What stands behind the operator, as written.
  public String text() {
    return text;
  }

  /// Whether `candidate` satisfies this clause, pre-releases counting like any other version.
  public boolean matches(Version candidate) {
    if (version == null) {
      return matchesText(candidate.toString());
    }
    Version open = version.local().isPresent() ? candidate : candidate.publicPart();
    int numbers = version.release().size();
    return switch (operator) {
      case ARBITRARY -> matchesText(candidate.toString());
      case EQUAL -> wildcard ? candidate.startsWith(version, numbers) : open.equals(version);
      case NOT_EQUAL -> wildcard ? !candidate.startsWith(version, numbers) : !open.equals(version);
      case COMPATIBLE ->
          candidate.compareTo(version) >= 0 && candidate.startsWith(version, numbers - 1);
      case AT_LEAST -> candidate.compareTo(version) >= 0;
      case AT_MOST -> open.compareTo(version) <= 0;
      case ABOVE -> open.compareTo(version) > 0 && !isPostOf(open, version);
      case BELOW -> candidate.compareTo(version.isPrerelease() ? version : version.earliest()) < 0;
    };
  }

  /// Whether `candidate`, spelled as its publisher spelled it, satisfies this clause. Only `===`
  /// sees the spelling, and only it can match what is no version at all.
  boolean matchesSpelling(String candidate) {
    if (operator == Operator.ARBITRARY) {
      return matchesText(candidate);
    }
    Optional<Version> parsed = Version.parse(candidate);
    return parsed.isPresent() && matches(parsed.get());
  }

  /// Whether this clause asks for a pre-release by name, which admits pre-releases altogether.
  boolean namesPrerelease() {
    Version named = operator == Operator.ARBITRARY ? VersionParser.parse(text) : version;
    return operator != Operator.NOT_EQUAL && named != null && named.isPrerelease();
  }

  /// `>1.0` means a later release, not a post-release of the same one, unless it names one itself.
  private static boolean isPostOf(Version candidate, Version version) {
    return !version.isPostrelease() && !version.isDevelopment() && candidate.sameRelease(version);
  }

  private boolean matchesText(String candidate) {
    return candidate.toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
  }

  private static boolean isBare(Version version) {
    return !version.isPrerelease() && !version.isPostrelease() && version.local().isEmpty();
  }

  private static boolean hasSpace(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Cursor.isSpace(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Specifier that && operator == that.operator && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operator, text);
  }

  /// The operator and the text, without white space.
  @Override
  public String toString() {
    return operator + text;
  }
}
