package dev.wellhead.core.osv;

/// Advisories as the OSV-shaped YAML of the Python Packaging Advisory Database.
public final class OsvYaml {
  private OsvYaml() {}

  /// Reads one record under the limits of [OsvJson#read]; aliases and tags of YAML are refused.
  public static OsvRead read(byte[] yaml) {
    return new OsvRead.Broken("The record has " + yaml.length + " bytes and is not read yet.");
  }
}
