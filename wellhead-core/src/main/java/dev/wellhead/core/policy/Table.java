package dev.wellhead.core.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A table of the policy's text while it is read: what is asked for is taken out, what is wrong is
/// noted with its place, and what nobody asked for is unknown.
final class Table {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6}) ?(m|min|h|d)");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,9}) ?(B|KiB|MiB|GiB)");

  private final JsonNode node;
  private final String path;
  private final Complaints complaints;
  private final Set<String> asked = new HashSet<>();

  Table(JsonNode node, String path, Complaints complaints) {
    this.node = node;
    this.path = path;
    this.complaints = complaints;
  }

  String path() {
    return path;
  }

  Complaints complaints() {
    return complaints;
  }

  boolean has(String key) {
    return node.has(key);
  }

  /// Says that such a key may stand here, and is not read now.
  void allows(String key) {
    asked.add(key);
  }

  Set<String> keys() {
    Set<String> keys = new java.util.LinkedHashSet<>();
    node.properties().forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  void complain(String key, String sentence) {
    complaints.error(key.isEmpty() ? path : at(key), sentence);
  }

  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<JsonNode> take(String key) {
    asked.add(key);
    return Optional.ofNullable(node.get(key));
  }

  private <T> T wrong(String key, String wanted, T otherwise) {
    complain(key, String.format(Locale.ROOT, "`%s` must be %s.", key, wanted));
    return otherwise;
  }

  String text(String key, String otherwise) {
    return take(key)
        .map(value -> value.isString() ? value.asString() : wrong(key, "a text", otherwise))
        .orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return take(key)
        .map(
            value -> value.isBoolean() ? value.asBoolean() : wrong(key, "true or false", otherwise))
        .orElse(otherwise);
  }

  long number(String key, long least, long most, long otherwise) {
    return take(key)
        .map(value ->
            value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value.asLong() >= least
                    && value.asLong() <= most
                ? value.asLong()
                : wrong(
                    key,
                    String.format(Locale.ROOT, "a whole number from %d to %d", least, most),
                    otherwise))
        .orElse(otherwise);
  }

  List<String> texts(String key) {
    return take(key)
        .map(value -> {
          List<String> texts = new ArrayList<>();
          value.forEach(one -> {
            if (one.isString()) {
              texts.add(one.asString());
            }
          });
          return value.isArray() && texts.size() == value.size()
              ? texts
              : wrong(key, "a list of texts", List.<String>of());
        })
        .orElse(List.of());
  }

  List<Glob> globs(String key) {
    return texts(key).stream().map(Glob::new).toList();
  }

  /// A time such as `72h`, `14d` or `30m`.
  Duration time(String key, Duration otherwise) {
    return take(key)
        .map(value -> {
          Matcher parts = TIME.matcher(value.isString() ? value.asString() : "");
          return parts.matches()
              ? Duration.ofMinutes(Long.parseLong(parts.group(1)) * minutes(parts.group(2)))
              : wrong(key, "a time such as \"72h\" or \"14d\"", otherwise);
        })
        .orElse(otherwise);
  }

  private static long minutes(String unit) {
    return switch (unit) {
      case "d" -> 24 * 60;
      case "h" -> 60;
      default -> 1;
    };
  }

  /// A number of bytes, plain or such as `500 MiB`.
  long bytes(String key, long otherwise) {
    return take(key)
        .map(value -> {
          Matcher parts = BYTES.matcher(value.isString() ? value.asString() : "");
          if (parts.matches()) {
            return Long.parseLong(parts.group(1)) << shift(parts.group(2));
          }
          return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0
              ? value.asLong()
              : wrong(key, "a number of bytes, such as \"500 MiB\"", otherwise);
        })
        .orElse(otherwise);
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
  }

  /// An instant, or, with a sign in front, a time before or after `now`: `-3h`.
  Instant instant(String key, Instant now) {
    return take(key)
        .flatMap(value -> instant(value, now))
        .orElseGet(() ->
            wrong(
                key,
                "a time such as \"2026-01-31T12:00:00Z\", or \"-3h\" for three hours ago",
                now));
  }

  private static Optional<Instant> instant(JsonNode value, Instant now) {
    String text = value.asString("");
    Matcher parts = TIME.matcher(text.isEmpty() ? "" : text.substring(1));
    if (parts.matches() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      Duration time = Duration.ofMinutes(Long.parseLong(parts.group(1)) * minutes(parts.group(2)));
      return Optional.of(text.charAt(0) == '-' ? now.minus(time) : now.plus(time));
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// One of the constants, spelt as in `plan-ahead`.
  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return take(key)
        .map(value -> {
          for (E constant : type.getEnumConstants()) {
            if (value.isString() && Spelling.lower(constant).equals(value.asString())) {
              return constant;
            }
          }
          List<String> names = new ArrayList<>();
          for (E constant : type.getEnumConstants()) {
            names.add(Spelling.lower(constant));
          }
          return wrong(key, "one of " + String.join(", ", names), otherwise);
        })
        .orElse(otherwise);
  }

  /// The table under `key`, an empty one where there is none.
  Table table(String key) {
    Optional<JsonNode> value = take(key);
    if (value.isPresent() && value.get().isObject()) {
      return new Table(value.get(), at(key), complaints);
    }
    if (value.isPresent()) {
      wrong(key, "a table", 0);
    }
    return new Table(
        tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), at(key), complaints);
  }

  /// The tables of the list under `key`.
  List<Table> tables(String key) {
    List<Table> tables = new ArrayList<>();
    take(key)
        .ifPresent(value -> {
          for (int i = 0; i < value.size(); i++) {
            if (value.get(i) != null && value.get(i).isObject()) {
              tables.add(new Table(value.get(i), at(key) + "[" + i + "]", complaints));
            }
          }
          if (!value.isArray() || tables.size() != value.size()) {
            wrong(key, "a list of tables", 0);
          }
        });
    return tables;
  }

  /// Complains of all keys that nobody has asked for.
  void close() {
    for (String key : keys()) {
      if (!asked.contains(key)) {
        List<String> known = asked.stream().sorted().toList();
        String shown = key.length() > 60 ? key.substring(0, 60) : key;
        complain(
            key,
            String.format(
                Locale.ROOT,
                "There is no setting `%s` here; there is %s.",
                Complaints.printable(shown),
                String.join(", ", known).toLowerCase(Locale.ROOT)));
      }
    }
  }
}
