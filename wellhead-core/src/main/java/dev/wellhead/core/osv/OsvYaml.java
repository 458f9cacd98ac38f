package dev.wellhead.core.osv;

import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// Advisories as the OSV-shaped YAML of the Python Packaging Advisory Database.
public final class OsvYaml {
  private static final YAMLFactory FORM =
      YAMLFactory.builder()
          .streamReadConstraints(BoundedRecord.LIMITS)
          .loadSettings(
              LoadSettings.builder()
                  .setCodePointLimit(BoundedRecord.MAX_BYTES)
                  .setMaxAliasesForCollections(0)
                  .build())
          .build();

  private OsvYaml() {}

  /// Reads one record under the limits of [OsvJson#read]. An alias of YAML is a text like any other
  /// and repeats nothing.
  public static OsvRead read(byte[] yaml) {
    return BoundedRecord.read(FORM, yaml);
  }
}
