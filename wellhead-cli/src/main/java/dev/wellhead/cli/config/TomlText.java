package dev.wellhead.cli.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// A TOML file that can be changed in a few keys and stays as it is everywhere else.
///
/// The change is made on the text, by line, and is then read again: only where the whole document
/// says exactly what it said before and the change is it handed out.
final class TomlText {
  private static final TomlMapper MAPPER = new TomlMapper();
  private static final String VALUE = "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|true|false)";
  private static final Pattern ANY_HEADER = Pattern.compile("^\\s*\\[.*");

  private final String text;
  private final ObjectNode tree;

  private TomlText(String text, ObjectNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /// @throws NotUnderstoodException where it is no TOML
  static TomlText parse(String text) throws NotUnderstoodException {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return new TomlText(
          text, tree instanceof ObjectNode object ? object : MAPPER.createObjectNode());
    } catch (JacksonException e) {
      // Its message quotes the file, which may hold secrets.
      throw new NotUnderstoodException(
          "it is not TOML from line " + e.getLocation().getLineNr() + " on", e);
    }
  }

  /// What stands at a path of tables; a missing node where nothing does.
  JsonNode at(List<String> path) {
    JsonNode node = tree;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }

  /// The line of the `number`th header of a table or of an array's entries, from 1; 0 where there
  /// is none.
  int lineOf(List<String> path, int number) {
    return header(lines(), path, number, true) + 1;
  }

  /// The text with keys of a table set, which is made where it is not there yet.
  ///
  /// @throws NotUnderstoodException where that would change anything else
  String with(List<String> table, Map<String, Object> values) throws NotUnderstoodException {
    List<String> lines = lines();
    int header = header(lines, table, 0, false);
    String changed;
    if (header >= 0) {
      set(lines, header, values);
      changed = String.join(SettingsText.lineEnd(text), lines);
    } else {
      if (!at(table).isMissingNode() && lines.stream().noneMatch(line -> isBelow(line, table))) {
        throw unsafe();
      }
      changed = appended("[" + dotted(table) + "]", values);
    }
    return checked(changed, expected -> put(object(expected, table), values));
  }

  /// The text with keys of the `number`th entry of an array of tables set; a new one at the end
  /// where `number` is its length.
  ///
  /// @throws NotUnderstoodException where that would change anything else
  String withEntry(List<String> array, int number, Map<String, Object> values)
      throws NotUnderstoodException {
    List<String> lines = lines();
    boolean fresh = number == at(array).size();
    String changed;
    if (fresh) {
      changed = appended("[[" + dotted(array) + "]]", values);
    } else {
      int header = header(lines, array, number, true);
      if (header < 0) {
        throw unsafe();
      }
      set(lines, header, values);
      changed = String.join(SettingsText.lineEnd(text), lines);
    }
    return checked(
        changed,
        expected -> {
          ObjectNode parent = object(expected, array.subList(0, array.size() - 1));
          ArrayNode entries =
              parent.path(array.getLast()) instanceof ArrayNode there
                  ? there
                  : parent.putArray(array.getLast());
          put(fresh ? entries.addObject() : (ObjectNode) entries.get(number), values);
        });
  }

  /// Lines for a person to put in by hand.
  static String lines(String header, Map<String, Object> values, String end) {
    return header
        + end
        + values.entrySet().stream()
            .map(value -> value.getKey() + " = " + literal(value.getValue()) + end)
            .collect(Collectors.joining());
  }

  private String checked(String changed, Consumer<ObjectNode> change)
      throws NotUnderstoodException {
    ObjectNode expected = tree.deepCopy();
    change.accept(expected);
    if (!parse(changed).tree.equals(expected)) {
      throw unsafe();
    }
    return changed;
  }

  private String appended(String header, Map<String, Object> values) {
    String end = SettingsText.lineEnd(text);
    String before = SettingsText.ended(text);
    return before + (before.isEmpty() ? "" : end) + lines(header, values, end);
  }

  private static void set(List<String> lines, int header, Map<String, Object> values)
      throws NotUnderstoodException {
    int place = header + 1;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      int line = keyLine(lines, header, value.getKey());
      if (line < 0) {
        lines.add(place, value.getKey() + " = " + literal(value.getValue()));
        place++;
        continue;
      }
      Matcher parts =
          Pattern.compile("^(\\s*[^=]+=\\s*)" + VALUE + "(\\s*(?:#.*)?)$").matcher(lines.get(line));
      if (!parts.matches()) {
        throw unsafe();
      }
      lines.set(line, parts.group(1) + literal(value.getValue()) + parts.group(3));
      place = Math.max(place, line + 1);
    }
  }

  private static int keyLine(List<String> lines, int header, String key) {
    Pattern wanted = Pattern.compile("^\\s*" + name(key) + "\\s*=.*");
    for (int i = header + 1; i < lines.size() && !ANY_HEADER.matcher(lines.get(i)).matches(); i++) {
      if (wanted.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  private static int header(List<String> lines, List<String> path, int number, boolean entries) {
    String inner =
        "\\s*"
            + path.stream().map(TomlText::name).collect(Collectors.joining("\\s*\\.\\s*"))
            + "\\s*";
    Pattern wanted =
        Pattern.compile(
            entries
                ? "^\\s*\\[\\[" + inner + "]]\\s*(#.*)?$"
                : "^\\s*\\[" + inner + "]\\s*(#.*)?$");
    int seen = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (wanted.matcher(lines.get(i)).matches() && seen++ == number) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isBelow(String line, List<String> table) {
    return line.strip().startsWith("[" + dotted(table) + ".");
  }

  private static String name(String name) {
    return "[\"']?" + Pattern.quote(name) + "[\"']?";
  }

  private static String dotted(List<String> path) {
    return String.join(".", path);
  }

  private static String literal(Object value) {
    return value instanceof Boolean truth
        ? truth.toString()
        : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static ObjectNode object(ObjectNode root, List<String> path) {
    ObjectNode node = root;
    for (String name : path) {
      node = node.path(name) instanceof ObjectNode there ? there : node.putObject(name);
    }
    return node;
  }

  private static void put(ObjectNode node, Map<String, Object> values) {
    values.forEach((key, value) -> {
      if (value instanceof Boolean truth) {
        node.put(key, truth);
      } else {
        node.put(key, value.toString());
      }
    });
  }

  private List<String> lines() {
    return new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
  }

  private static NotUnderstoodException unsafe() {
    return new NotUnderstoodException("the file is written in a way that cannot be changed safely");
  }
}
