package dev.wellhead.server.boot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dotted keys with names in them that people chose: `source.gpu.index` is one of `source.*.index`.
///
/// A name has no dot in it but at the end of a key, where it is a project's.
final class SettingPath {
  private static final Pattern NAMED =
      Pattern.compile(
          "((?:source|view|retention|firewall\\.feed|alarms\\.webhook)\\.[^.]+)(?:\\..*)?");

  private static final String NAME = "[^.]+";

  private SettingPath() {}

  /// The named table that `path` is or lies in: `source.gpu` for `source.gpu.tls.ca`.
  static Optional<String> named(String path) {
    Matcher matcher = NAMED.matcher(path);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /// Whether `path` is a key of `template`; a name at its end may have dots in it.
  static boolean isKey(String template, String path) {
    return path.matches(template.replace(".", "\\.").replaceFirst("\\*$", ".+").replace("*", NAME));
  }

  /// Whether `path` is a section of `template`.
  static boolean isSection(String template, String path) {
    return path.matches(template.replace(".", "\\.").replace("*", NAME));
  }

  /// `template` with the names that stand in `path` at the same places, for a hint.
  static String like(String template, String path) {
    String[] names = path.split("\\.", -1);
    String[] parts = template.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].equals("*")) {
        parts[i] = i < names.length ? names[i] : "NAME";
      }
    }
    return String.join(".", parts);
  }

  /// `server.tls.key` is `WELLHEAD_SERVER_TLS_KEY`, and `source.my-gpu.index` is
  /// `WELLHEAD_SOURCE_MY_GPU_INDEX`.
  static String environment(String path) {
    return "WELLHEAD_"
        + path.replace("*", "NAME").replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// The path in a named table that `variable` stands for. Of several the one with the longest
  /// ending that is no name; a table that is known already goes before one that this would make.
  ///
  /// @param templates keys with names in them
  /// @param known named tables that are there already
  static Optional<String> ofEnvironment(
      String variable, Collection<String> templates, Collection<String> known) {
    List<String> found = new ArrayList<>();
    for (String template : templates) {
      Matcher matcher = environmentPattern(template).matcher(variable);
      if (matcher.matches()) {
        String path = template;
        for (int i = 1; i <= matcher.groupCount(); i++) {
          String name = matcher.group(i).toLowerCase(Locale.ROOT).replace('_', '-');
          path = path.replaceFirst("\\*", name);
        }
        found.add(path);
      }
    }
    return found.stream()
        .max(
            Comparator.comparing((String path) -> named(path).filter(known::contains).isPresent())
                .thenComparingInt(path -> path.length() - named(path).orElse("").length()));
  }

  private static Pattern environmentPattern(String template) {
    String upper = template.replace('.', '_').toUpperCase(Locale.ROOT);
    return Pattern.compile("WELLHEAD_" + upper.replace("*", "([A-Z0-9_]+?)"));
  }
}
