package dev.wellhead.server.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The settings as they are in force, by section.
public record SettingsPage(Shell shell, Map<String, List<SettingInForce>> sections) {
  static SettingsPage of(Shell shell, List<SettingInForce> settings) {
    Map<String, List<SettingInForce>> sections = new LinkedHashMap<>();
    for (SettingInForce setting : settings) {
      sections.merge(
          setting.section(),
          List.of(setting),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    return new SettingsPage(shell, sections);
  }

  public Words words() {
    return shell.words();
  }
}
