package dev.wellhead.core.osv;

import org.jspecify.annotations.Nullable;

/// How bad a vulnerability is: the base score where a vector gives one, else the word of whoever
/// wrote the record.
///
/// @param score 0.0 to 10.0 (CVSS v3 base score), null where no vector gives one
/// @param vector as the record has it, empty where it has none
public record Rating(Severity severity, @Nullable Double score, String vector) {
  /// Nobody has rated it.
  public static final Rating UNRATED = new Rating(Severity.UNRATED, null, "");

  /// In ascending order; the borders are those of CVSS v3 (qualitative scale).
  public enum Severity {
    UNRATED,
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /// The word for a score, by the scale of CVSS v3.
  static Severity of(double score) {
    if (score >= 9) {
      return Severity.CRITICAL;
    }
    if (score >= 7) {
      return Severity.HIGH;
    }
    if (score >= 4) {
      return Severity.MEDIUM;
    }
    return score > 0 ? Severity.LOW : Severity.NONE;
  }
}
