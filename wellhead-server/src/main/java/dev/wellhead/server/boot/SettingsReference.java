package dev.wellhead.server.boot;

import java.lang.reflect.RecordComponent;
import java.util.stream.Collectors;

/// The reference page of all settings, in Markdown.
final class SettingsReference {
  private static final String HEAD =
      """
      # Settings

      This page is generated from the settings records; do not edit it, run `./dev docs --write`.

      Wellhead reads one file, `wellhead.toml` in the data folder or the one that `--config` (or
      `WELLHEAD_CONFIG`) names. Over it stands the environment, over that the command line
      (`./wellhead serve --help`). A key that is not on this page is an error. A relative path starts at
      the folder of the file that names it, in the environment and on the command line at the working
      folder. Lists in the environment are separated by commas or spaces. Every secret can also come
      from the first line of a file of its own: put `_file` behind its key and name the file.

      The launcher and the command line read these besides:

      | variable | meaning |
      |---|---|
      | `WELLHEAD_JAVA_HOME` | the JDK to run on, before all others |
      | `WELLHEAD_JAVA_OPTS` | further options for the JVM; `-Xmx` here replaces the default `-Xmx256m` |
      | `WELLHEAD_CONFIG` | the settings file, like `--config` |
      | `WELLHEAD_URL` | the server that the command line asks, like `--url` |
      """;

  private SettingsReference() {}

  /// The whole page; equal to `docs/reference/settings.md`.
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    values("", page);
    sections(Settings.class, "", page);
    return page.toString();
  }

  private static void sections(Class<?> records, String prefix, StringBuilder page) {
    for (RecordComponent component : records.getRecordComponents()) {
      String path = SettingKey.path(prefix, component);
      boolean named = SettingKey.isNamed(component);
      if (named || SettingKey.isSection(component)) {
        boolean tables = named && SettingKey.valueType(component).isRecord();
        String section = tables ? path + ".*" : path;
        page.append("\n## `[%s]`\n\n%s\n".formatted(shown(section), about(component)));
        values(section, page);
        if (tables || !named) {
          sections(tables ? SettingKey.valueType(component) : component.getType(), section, page);
        }
      }
    }
  }

  private static String about(RecordComponent component) {
    return SettingKey.setting(component).value();
  }

  private static String shown(String path) {
    return path.replace("*", "NAME");
  }

  private static void values(String prefix, StringBuilder page) {
    String rows =
        SettingKey.all().stream()
            .filter(key -> isDirectlyIn(prefix, key.path()))
            .map(SettingsReference::row)
            .collect(Collectors.joining());
    if (!rows.isEmpty()) {
      page.append("\n| key | environment | what for | value | default |\n|---|---|---|---|---|\n")
          .append(rows);
    }
  }

  private static boolean isDirectlyIn(String section, String path) {
    int dot = path.lastIndexOf('.');
    return section.equals(dot < 0 ? "" : path.substring(0, dot));
  }

  private static String row(SettingKey key) {
    String name = key.path().substring(key.path().lastIndexOf('.') + 1);
    boolean secret = key.kind() == SettingKey.Kind.SECRET;
    return "| `%s`%s | `%s` | %s | %s | %s |\n"
        .formatted(
            shown(name),
            secret ? " or `" + name + "_file`" : "",
            key.environment(),
            key.setting().value(),
            key.shortly(),
            key.isRequired()
                ? "must be given"
                : key.fallback().isEmpty() ? "none" : "`" + key.fallback() + "`");
  }
}
