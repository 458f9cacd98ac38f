package dev.wellhead.core.pypi;

import java.util.Locale;
import java.util.Optional;

/// A project's name in its normalized form (PEP 503): lower case, runs of `-`, `_` and `.` as one
/// `-`.
///
/// Two spellings of one project are one value. The spelling that its publisher likes is a label,
/// not an identity, and is kept where labels are kept.
public record ProjectName(String normalized) implements Comparable<ProjectName> {
  /// Longer than any name in use; file systems and databases agree on less.
  static final int MAX_LENGTH = 256;

  public ProjectName {
    if (!isNormalized(normalized) || !isValid(normalized)) {
      throw new IllegalArgumentException("not a normalized project name: " + normalized);
    }
  }

  /// The project that `text` names, or empty where it is no valid name (PEP 508).
  public static Optional<ProjectName> of(String text) {
    return isValid(text)
        ? Optional.of(new ProjectName(isNormalized(text) ? text : normalize(text)))
        : Optional.empty();
  }

  @Override
  public int compareTo(ProjectName other) {
    return normalized.compareTo(other.normalized);
  }

  @Override
  public String toString() {
    return normalized;
  }

  private static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isLetterOrDigit(text.charAt(i)) && (!isSeparator(text.charAt(i)) || i == 0)) {
        return false;
      }
    }
    return isLetterOrDigit(text.charAt(text.length() - 1));
  }

  /// The normalization of PEP 503 for any text, valid name or not: extras are compared by it.
  static String normalize(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!isSeparator(text.charAt(i))) {
        out.append(text.charAt(i));
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != '-') {
        out.append('-');
      }
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /// Whether normalizing would change nothing, found out without making anything: this is asked for
  /// every page.
  private static boolean isNormalized(String text) {
    boolean dash = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean again = c == '-' && dash;
      if (again || c == '_' || c == '.' || (c >= 'A' && c <= 'Z') || c > 0x7e) {
        return false;
      }
      dash = c == '-';
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isSeparator(char c) {
    return c == '-' || c == '_' || c == '.';
  }
}
