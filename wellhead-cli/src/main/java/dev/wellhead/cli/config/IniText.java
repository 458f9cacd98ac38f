package dev.wellhead.cli.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An INI file as pip reads it (Python's `configparser`, strict, with pip's names of keys), which
/// can be changed in one key and stays as it is everywhere else.
final class IniText {
  private static final Pattern SECTION = Pattern.compile("\\[(.+)].*");
  private static final Pattern OPTION = Pattern.compile("([^\\s:=][^:=]*?)\\s*(?:[:=]\\s*(.*))?");

  private final String text;
  private final List<String> lines;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Header> headers = new ArrayList<>();

  /// One key of a section.
  ///
  /// @param key as pip spells it: lower case, hyphens
  /// @param line the first, counted from 1
  /// @param last the last line that belongs to it
  record Entry(String section, String key, String value, int line, int last) {}

  private record Header(String section, int line) {}

  private IniText(String text) {
    this.text = text;
    this.lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
  }

  /// @throws NotUnderstoodException where pip would refuse the file
  static IniText parse(String text) throws NotUnderstoodException {
    IniText ini = new IniText(text);
    ini.read();
    return ini;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  Optional<Entry> entry(String section, String key) {
    return entries.stream()
        .filter(entry -> entry.section().equals(section) && entry.key().equals(key))
        .findFirst();
  }

  /// The text with `key` of `section` set to `value`, and nothing else changed.
  ///
  /// @throws NotUnderstoodException where that would change anything else
  String with(String section, String key, String value) throws NotUnderstoodException {
    String end = SettingsText.lineEnd(text);
    String line = key + " = " + value;
    List<String> changed = new ArrayList<>(lines);
    Optional<Entry> old = entry(section, key);
    Optional<Header> header =
        headers.stream().filter(one -> one.section().equals(section)).findFirst();
    String result;
    if (old.isPresent()) {
      changed.subList(old.get().line() - 1, old.get().last()).clear();
      changed.add(old.get().line() - 1, line);
      result = String.join(end, changed);
    } else if (header.isPresent()) {
      changed.add(header.get().line(), line);
      result = String.join(end, changed);
    } else {
      String before = SettingsText.ended(text);
      result = before + (before.isEmpty() ? "" : end) + "[" + section + "]" + end + line + end;
    }
    Set<String> expected = new HashSet<>(parse(text).content());
    old.ifPresent(entry -> expected.remove(content(entry)));
    expected.add(section + "\n" + key + "\n" + value);
    if (!new HashSet<>(parse(result).content()).equals(expected)) {
      throw new NotUnderstoodException(
          "the file is written in a way that cannot be changed safely");
    }
    return result;
  }

  private List<String> content() {
    return entries.stream().map(IniText::content).collect(Collectors.toList());
  }

  private static String content(Entry entry) {
    return entry.section() + "\n" + entry.key() + "\n" + entry.value();
  }

  private void read() throws NotUnderstoodException {
    String section = null;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && continues(bare, i + 1)) {
        continue;
      }
      Matcher header = SECTION.matcher(bare);
      if (header.matches()) {
        section = header.group(1);
        headers.add(new Header(section, i + 1));
        once(seen, "[" + section, i + 1);
        continue;
      }
      Matcher option = OPTION.matcher(bare);
      if (section == null || !option.matches() || option.group(2) == null) {
        throw new NotUnderstoodException("line " + (i + 1) + " is no line of an INI file");
      }
      String key = key(option.group(1));
      once(seen, section + "\n" + key, i + 1);
      entries.add(new Entry(section, key, option.group(2), i + 1, i + 1));
    }
  }

  /// A line that begins with a space belongs to the key above it.
  private boolean continues(String bare, int line) {
    if (entries.isEmpty()
        || (!headers.isEmpty() && headers.getLast().line() > entries.getLast().line())) {
      return false;
    }
    Entry last = entries.removeLast();
    entries.add(
        new Entry(last.section(), last.key(), last.value() + "\n" + bare, last.line(), line));
    return true;
  }

  private static void once(Set<String> seen, String what, int line) throws NotUnderstoodException {
    if (!seen.add(what)) {
      throw new NotUnderstoodException("line " + line + " says again what was said above");
    }
  }

  private static String key(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return key.startsWith("--") ? key.substring(2) : key;
  }
}
