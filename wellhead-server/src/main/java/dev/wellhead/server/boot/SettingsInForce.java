package dev.wellhead.server.boot;

import dev.wellhead.server.web.SettingInForce;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every setting with the value that is in force, written as in the file.
final class SettingsInForce {
  private static final List<Map.Entry<Long, String>> TIMES =
      List.of(
          Map.entry(86_400_000L, "d"),
          Map.entry(3_600_000L, "h"),
          Map.entry(60_000L, "m"),
          Map.entry(1_000L, "s"));
  private static final List<Map.Entry<Long, String>> SIZES =
      List.of(
          Map.entry(1L << 30, "GiB"),
          Map.entry(1_000_000_000L, "GB"),
          Map.entry(1L << 20, "MiB"),
          Map.entry(1_000_000L, "MB"),
          Map.entry(1L << 10, "KiB"),
          Map.entry(1_000L, "kB"));

  private SettingsInForce() {}

  /// In the order of the records: of each section first its own settings, then those of the
  /// sections in it.
  static List<SettingInForce> of(Settings settings) {
    List<SettingInForce> all = new ArrayList<>();
    collect(settings, "", all);
    return List.copyOf(all);
  }

  private static void collect(Record section, String path, List<SettingInForce> all) {
    List<RecordComponent> inner = new ArrayList<>();
    for (RecordComponent component : section.getClass().getRecordComponents()) {
      if (SettingKey.isSection(component) || SettingKey.isNamed(component)) {
        inner.add(component);
      } else {
        Setting setting = SettingKey.setting(component);
        all.add(
            new SettingInForce(
                path,
                SettingKey.path("", component),
                text(value(section, component)),
                setting.fallback(),
                plain(setting)));
      }
    }
    for (RecordComponent component : inner) {
      String below = SettingKey.path(path, component);
      switch (value(section, component)) {
        case Record one -> collect(one, below, all);
        case Map<?, ?> named ->
            named.forEach((name, one) -> {
              if (one instanceof Record each) {
                collect(each, below + "." + name, all);
              } else {
                String purpose = plain(SettingKey.setting(component));
                all.add(new SettingInForce(below, String.valueOf(name), text(one), "", purpose));
              }
            });
        case null, default -> {} // a section that may be absent, and is
      }
    }
  }

  /// The sentences without the marks of Markdown.
  private static String plain(Setting setting) {
    return setting.value().replace("`", "");
  }

  private static @Nullable Object value(Record section, RecordComponent component) {
    try {
      return component.getAccessor().invoke(section);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a settings record does not show " + component, e);
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Duration time -> inLargest(time.toMillis(), TIMES, "ms");
      case ByteSize size -> inLargest(size.bytes(), SIZES, "B");
      case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT);
      case Collection<?> list ->
          list.stream().map(SettingsInForce::text).collect(Collectors.joining(", "));
      case URI url when url.getRawUserInfo() != null ->
          url.toString().replace(url.getRawUserInfo() + "@", "****@");
      default -> value.toString(); // of a Secret: four stars
    };
  }

  private static String inLargest(long amount, List<Map.Entry<Long, String>> units, String least) {
    return units.stream()
        .filter(unit -> amount > 0 && amount % unit.getKey() == 0)
        .findFirst()
        .map(unit -> amount / unit.getKey() + unit.getValue())
        .orElse(amount + least);
  }
}
