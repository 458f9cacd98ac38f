package dev.wellhead.core.pypi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one requirement (PEP 508), one method per part. A method that returns null has left its
/// sentence in `why`.
final class RequirementParser {
  private static final Parse<SpecifierSet> ANY = SpecifierSet.parse("");

  private final Cursor cursor;
  private String why = "";

  RequirementParser(String text) {
    this.cursor = new Cursor(text);
  }

  Parse<Requirement> requirement() {
    cursor.skipBlanks();
    String name = cursor.identifier();
    if (name == null || name.length() > ProjectName.MAX_LENGTH) {
      return fail("a project name of at most " + ProjectName.MAX_LENGTH + " letters");
    }
    cursor.skipBlanks();
    List<String> extras = cursor.accept('[') ? extras() : List.of();
    if (extras == null) {
      return new Parse.Invalid<>(why);
    }
    cursor.skipBlanks();
    String url = null;
    Parse<SpecifierSet> specifiers = ANY;
    if (cursor.accept('@')) {
      cursor.skipBlanks();
      url = cursor.until(" \t");
      if (url.isEmpty() || url.chars().anyMatch(Character::isISOControl)) {
        return fail("a URL without control characters behind @");
      }
    } else {
      specifiers = specifiers();
    }
    return switch (specifiers) {
      case Parse.Invalid<SpecifierSet>(String reason) -> new Parse.Invalid<>(reason);
      case Parse.Parsed<SpecifierSet>(SpecifierSet set) -> conditioned(name, extras, set, url);
    };
  }

  private Parse<Requirement> conditioned(
      String name, List<String> extras, SpecifierSet specifiers, @Nullable String url) {
    cursor.skipBlanks();
    if (cursor.atEnd()) {
      return new Parse.Parsed<>(new Requirement(name, extras, specifiers, url, null));
    }
    if (!cursor.accept(';')) {
      return fail("a semicolon or the end");
    }
    return switch (new MarkerParser(cursor).marker()) {
      case Parse.Invalid<Marker>(String reason) -> new Parse.Invalid<>(reason);
      case Parse.Parsed<Marker>(Marker marker) ->
          new Parse.Parsed<>(new Requirement(name, extras, specifiers, url, marker));
    };
  }

  private @Nullable List<String> extras() {
    List<String> extras = new ArrayList<>();
    cursor.skipBlanks();
    if (cursor.accept(']')) {
      return extras;
    }
    do {
      cursor.skipBlanks();
      String extra = cursor.identifier();
      if (extra == null) {
        return failExtras("the name of an extra");
      }
      extras.add(extra);
      cursor.skipBlanks();
    } while (cursor.accept(','));
    return cursor.accept(']') ? extras : failExtras("a comma or ] behind an extra");
  }

  /// The clauses up to the semicolon or, in brackets, to the closing one. What `===` compares with
  /// ends at both too.
  private Parse<SpecifierSet> specifiers() {
    boolean bracketed = cursor.accept('(');
    int start = cursor.position();
    String clauses = cursor.until(bracketed ? ";)" : ";");
    if (bracketed && !cursor.accept(')')) {
      return failed("a closing bracket behind the versions");
    }
    String text = Cursor.strip(clauses);
    if (!text.equals(stripBlanks(clauses)) || text.startsWith(",") || hasGap(text)) {
      cursor.back(start);
      return failed("version specifiers separated by single commas");
    }
    return SpecifierSet.parse(text);
  }

  private static String stripBlanks(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// Whether two commas follow one another with nothing between them.
  private static boolean hasGap(String text) {
    boolean afterComma = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && afterComma) {
        return true;
      }
      if (!isBlank(c)) {
        afterComma = c == ',';
      }
    }
    return false;
  }

  private Parse<Requirement> fail(String expected) {
    return new Parse.Invalid<>(sentence(expected));
  }

  private Parse<SpecifierSet> failed(String expected) {
    return new Parse.Invalid<>(sentence(expected));
  }

  private @Nullable List<String> failExtras(String expected) {
    why = sentence(expected);
    return null;
  }

  private String sentence(String expected) {
    return "The requirement needs " + expected + " " + cursor.place() + ".";
  }
}
