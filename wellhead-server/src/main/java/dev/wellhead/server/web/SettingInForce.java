package dev.wellhead.server.web;

/// A setting as it is in force.
///
/// @param section as in the file, empty for the settings above all sections
/// @param key within the section
/// @param value as in the file; four stars for a secret, empty where there is none
/// @param usual the value where nobody gives one; empty where there is none
/// @param purpose a sentence or two, in English
public record SettingInForce(
    String section, String key, String value, String usual, String purpose) {
  /// Whether somebody gave another value than the usual one.
  public boolean isChosen() {
    return !value.isEmpty() && !value.equals(usual);
  }
}
