package dev.wellhead.server.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Turns a given value into what the record component holds, or says why it cannot.
final class SettingReader {
  private static final int LONGEST_SECRET = 64 * 1024;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");

  private SettingReader() {}

  /// What a value turned out to be.
  sealed interface Reading {}

  record Fits(Object value) implements Reading {}

  /// @param why a sentence without where it stands
  record Unfit(String why) implements Reading {}

  static Reading read(SettingKey key, GivenValue given) {
    return switch (given) {
      case GivenValue.Spelled(_, Path base, String text) -> spelled(key, text, base);
      case GivenValue.Typed(_, Path base, JsonNode node) -> typed(key, node, base);
    };
  }

  /// The default of a setting that has one.
  static Object fallback(SettingKey key, Path base) {
    return switch (spelled(key, key.fallback(), base)) {
      case Fits(Object value) -> value;
      case Unfit(String why) -> throw new IllegalStateException("bad fallback: " + why);
    };
  }

  /// A secret from the first line of a file of its own.
  static Reading secretFromFile(SettingKey key, GivenValue given) {
    String name =
        switch (given) {
          case GivenValue.Spelled(_, _, String text) -> text;
          case GivenValue.Typed(_, _, JsonNode node) -> node.isString() ? node.stringValue() : "";
        };
    if (name.isEmpty()) {
      return new Unfit(key.path() + "_file must be a path in quotes.");
    }
    try {
      Path file = given.base().resolve(name);
      try (InputStream in = Files.newInputStream(file)) {
        String text = new String(in.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8);
        String first = text.lines().findFirst().orElse("").strip();
        return first.isEmpty()
            ? new Unfit("%s_file: the first line of %s is empty.".formatted(key.path(), file))
            : new Fits(new Secret(first));
      }
    } catch (IOException | InvalidPathException e) {
      return new Unfit(
          "%s_file: the file %s cannot be read (%s)."
              .formatted(key.path(), name, e.getClass().getSimpleName()));
    }
  }

  private static Reading typed(SettingKey key, JsonNode node, Path base) {
    return switch (key.kind()) {
      case NUMBER ->
          node.isIntegralNumber() ? number(key, node.asString()) : unfit(key, shown(key, node));
      case SWITCH ->
          node.isBoolean() ? new Fits(node.booleanValue()) : unfit(key, shown(key, node));
      case TEXTS, URLS -> {
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(item.isString() ? item.stringValue() : ""));
        yield node.isArray() && !items.contains("")
            ? list(key, items)
            : unfit(key, shown(key, node));
      }
      default ->
          node.isString() ? spelled(key, node.stringValue(), base) : unfit(key, shown(key, node));
    };
  }

  private static Reading spelled(SettingKey key, String text, Path base) {
    return switch (key.kind()) {
      case TEXT -> text.isBlank() ? unfit(key, "empty") : new Fits(text);
      case SECRET -> text.isBlank() ? unfit(key, "empty") : new Fits(new Secret(text));
      case NUMBER -> number(key, text);
      case SWITCH ->
          text.equals("true") || text.equals("false")
              ? new Fits(text.equals("true"))
              : unfit(key, quoted(text));
      case TIME -> time(text).<Reading>map(Fits::new).orElseGet(() -> unfit(key, quoted(text)));
      case SIZE ->
          ByteSize.parse(text).<Reading>map(Fits::new).orElseGet(() -> unfit(key, quoted(text)));
      case DAY -> day(text).<Reading>map(Fits::new).orElseGet(() -> unfit(key, quoted(text)));
      case PATH -> path(key, text, base);
      case URL -> url(text).<Reading>map(Fits::new).orElseGet(() -> badUrl(key, text));
      case CHOICE -> choice(key, text);
      case TEXTS, URLS -> list(key, List.of(text.strip().split("\\s*,\\s*|\\s+")));
    };
  }

  private static Reading number(SettingKey key, String text) {
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= key.setting().least() && number <= key.setting().most()) {
        return new Fits((int) number);
      }
    }
    return unfit(key, text.matches("-?[0-9]+") ? text : quoted(text));
  }

  private static Optional<Duration> time(String text) {
    Matcher form = TIME.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(form.group(1));
    return Optional.of(
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Reading path(SettingKey key, String text, Path base) {
    try {
      return text.isBlank()
          ? unfit(key, "empty")
          : new Fits(base.resolve(text).toAbsolutePath().normalize());
    } catch (InvalidPathException _) {
      return unfit(key, quoted(text));
    }
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return web && url.getHost() != null && url.getRawUserInfo() == null
          ? Optional.of(url)
          : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  private static Reading badUrl(SettingKey key, String text) {
    return text.contains("@")
        ? new Unfit(
            key.path()
                + " must not carry a name or a password: those have settings of their own, which"
                + " are never shown.")
        : unfit(key, quoted(text));
  }

  private static Reading choice(SettingKey key, String text) {
    int index = key.choices().indexOf(text);
    Object[] constants = key.type().getEnumConstants();
    return index < 0 || constants == null ? unfit(key, quoted(text)) : new Fits(constants[index]);
  }

  private static Reading list(SettingKey key, List<String> items) {
    if (key.kind() == SettingKey.Kind.TEXTS) {
      return new Fits(items);
    }
    List<URI> urls = new ArrayList<>();
    for (String item : items) {
      Optional<URI> url = url(item);
      if (url.isEmpty()) {
        return badUrl(key, item);
      }
      urls.add(url.get());
    }
    return new Fits(List.copyOf(urls));
  }

  private static Unfit unfit(SettingKey key, String found) {
    return new Unfit("%s must be %s; it is %s.".formatted(key.path(), key.expected(), found));
  }

  private static String shown(SettingKey key, JsonNode node) {
    if (key.kind() == SettingKey.Kind.SECRET) {
      return "something else";
    }
    if (node.isObject()) {
      return "a section";
    }
    if (node.isArray()) {
      return "a list";
    }
    return node.isString() ? quoted(node.stringValue()) : node.asString();
  }

  /// Shortened and free of control characters: it is printed on a terminal.
  private static String quoted(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return '"' + (clean.length() > 60 ? clean.substring(0, 60) + "…" : clean) + '"';
  }
}
