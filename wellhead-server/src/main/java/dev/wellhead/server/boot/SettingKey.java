package dev.wellhead.server.boot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One setting: its key in the file, its name in the environment, and what it holds.
///
/// @param path the dotted key, such as `server.tls.key`; in tables that people name it has `*` for
///   the name ([SettingPath]), as in `source.*.index`
/// @param type the Java type of the record component
/// @param setting doc sentence, fallback and range
record SettingKey(String path, Kind kind, Class<?> type, Setting setting) {

  /// What a value may look like, in words for people.
  enum Kind {
    TEXT("text in quotes", "text"),
    NUMBER("a whole number", "whole number"),
    SWITCH("true or false", "`true` or `false`"),
    TIME(
        "a length of time in quotes, such as \"90s\", \"10m\", \"72h\" or \"30d\"",
        "time: `500ms`, `90s`, `10m`, `72h`, `30d`"),
    SIZE(
        "a size in quotes, such as \"512kB\", \"64MB\" or \"1GiB\"",
        "size: `512kB`, `64MB`, `1GiB`"),
    DAY("a day in quotes, such as \"2026-11-01\"", "day: `2026-11-01`"),
    PATH("a path in quotes", "path"),
    URL("an http or https URL in quotes", "URL"),
    CHOICE("one of ", "one of "),
    SECRET("text in quotes", "secret text"),
    TEXTS("a list of texts, such as [\"one\", \"two\"]", "list of texts"),
    URLS(
        "a list of http or https URLs, such as [\"https://a.example/\", \"https://b.example/\"]",
        "list of URLs");

    private final String words;
    private final String shortWords;

    Kind(String words, String shortWords) {
      this.words = words;
      this.shortWords = shortWords;
    }
  }

  /// Every setting there is, in the order of the records.
  static List<SettingKey> all() {
    List<SettingKey> keys = new ArrayList<>();
    collect(Settings.class, "", keys);
    return List.copyOf(keys);
  }

  /// The key of a record component below `prefix`.
  static String path(String prefix, RecordComponent component) {
    String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  /// Whether a component is a section of the file, rather than a value.
  static boolean isSection(RecordComponent component) {
    return component.getType().isRecord() && component.getType() != ByteSize.class;
  }

  static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException("no @Setting on " + component);
    }
    return setting;
  }

  /// Whether a component stands for tables, or keys, that people name.
  static boolean isNamed(RecordComponent component) {
    return component.getType() == Map.class;
  }

  /// What such a component has under each name: a record, or `List` for a list of texts.
  static Class<?> valueType(RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType map) {
      return switch (map.getActualTypeArguments()[1]) {
        case Class<?> type -> type;
        case ParameterizedType type when type.getRawType() == List.class -> List.class;
        default -> throw new IllegalStateException("no kind of setting for " + component);
      };
    }
    throw new IllegalStateException("a map of nothing: " + component);
  }

  /// This key at a place that people named.
  SettingKey at(String namedPath) {
    return new SettingKey(namedPath, kind, type, setting);
  }

  /// The value where nobody gives one, as written in the file; empty where there is none.
  String fallback() {
    return setting.isForNamed() || path.startsWith("upstream.") ? setting.fallback() : "";
  }

  /// Whether somebody must give it.
  boolean isRequired() {
    return !setting.fallback().isEmpty() && fallback().isEmpty();
  }

  /// `server.tls.key` is `WELLHEAD_SERVER_TLS_KEY`.
  String environment() {
    return SettingPath.environment(path);
  }

  /// What has to stand there, in words.
  String expected() {
    return switch (kind) {
      case CHOICE -> kind.words + String.join(", ", choices());
      case NUMBER -> kind.words + range();
      default -> kind.words;
    };
  }

  /// The same, short, in Markdown.
  String shortly() {
    return switch (kind) {
      case CHOICE -> kind.shortWords + "`" + String.join("`, `", choices()) + "`";
      case NUMBER -> kind.shortWords + range();
      default -> kind.shortWords;
    };
  }

  private String range() {
    if (setting.most() != Integer.MAX_VALUE) {
      return " from " + setting.least() + " to " + setting.most();
    }
    return setting.least() > 0 ? ", " + setting.least() + " or more" : "";
  }

  /// The words of a choice, as written in the file; empty for all other kinds.
  List<String> choices() {
    @Nullable Object @Nullable [] constants = type.getEnumConstants();
    List<String> words = new ArrayList<>();
    if (constants != null) {
      for (Object constant : constants) {
        words.add(String.valueOf(constant).toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  private static void collect(Class<?> records, String prefix, List<SettingKey> keys) {
    for (RecordComponent component : records.getRecordComponents()) {
      String path = path(prefix, component);
      if (isSection(component)) {
        collect(component.getType(), path, keys);
      } else if (isNamed(component) && valueType(component).isRecord()) {
        collect(valueType(component), path + ".*", keys);
      } else if (isNamed(component)) {
        keys.add(new SettingKey(path + ".*", Kind.TEXTS, List.class, setting(component)));
      } else {
        keys.add(new SettingKey(path, kind(component), component.getType(), setting(component)));
      }
    }
  }

  private static Kind kind(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return Kind.CHOICE;
    }
    if (type == List.class) {
      return component.getGenericType() instanceof ParameterizedType list
              && list.getActualTypeArguments()[0] == URI.class
          ? Kind.URLS
          : Kind.TEXTS;
    }
    return switch (type.getSimpleName()) {
      case "String" -> Kind.TEXT;
      case "int", "Integer" -> Kind.NUMBER;
      case "boolean" -> Kind.SWITCH;
      case "Duration" -> Kind.TIME;
      case "LocalDate" -> Kind.DAY;
      case "ByteSize" -> Kind.SIZE;
      case "Path" -> Kind.PATH;
      case "URI" -> Kind.URL;
      case "Secret" -> Kind.SECRET;
      default -> throw new IllegalStateException("no kind of setting for " + component);
    };
  }
}
