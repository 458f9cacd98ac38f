package dev.wellhead.server.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the settings of one start: the file, over it the environment, over that the command line.
///
/// Everything that is wrong is said at once, each with its place. A key that nobody knows is an
/// error, since a mistyped limit that silently does nothing is worse than a server that does not
/// start.
final class SettingsLoader {
  /// Names that begin like settings and are read by the launcher, the CLI or here.
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "WELLHEAD_CONFIG",
          "WELLHEAD_JAVA_HOME",
          "WELLHEAD_JAVA_OPTS",
          "WELLHEAD_URL",
          ImportVerb.PASSWORD);

  /// As somebody reads a file: by line and column. What has no place in a file comes after it, in
  /// the order of its layers.
  private static final Comparator<String> BY_PLACE =
      Comparator.comparingLong(SettingsLoader::lineAndColumn);

  private static final Pattern PLACE = Pattern.compile(".*?:([0-9]{1,7}):([0-9]{1,7}): .*");

  private final Path workingFolder;
  private final Map<String, SettingKey> keys = new LinkedHashMap<>();
  private final Map<String, GivenValue> given = new HashMap<>();
  // Tables that people named, in their order, each with the place where it is first spoken of.
  private final Map<String, String> named = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  // Keys whose value is none: what rules say of them would be about a value that nobody gave.
  private final Set<String> unfit = new TreeSet<>();

  private SettingsLoader(Path workingFolder) {
    this.workingFolder = workingFolder;
    SettingKey.all().forEach(key -> keys.put(key.path(), key));
  }

  /// The settings for a start from `workingFolder`.
  ///
  /// @param flags values of the command line by dotted key, and `config` for the file
  /// @throws RefusedException with all that is wrong, one sentence on each line
  static Settings load(
      Map<String, String> flags, Map<String, String> environment, Path workingFolder)
      throws RefusedException {
    SettingsLoader loader = new SettingsLoader(workingFolder);
    loader.readFile(flags, environment);
    loader.readEnvironment(environment);
    flags.forEach(loader::readFlag);
    Object settings = loader.record(Settings.class, "");
    if (settings instanceof Settings whole) {
      new SettingsRules(whole, loader::place)
          .problems().stream()
              .filter(rule -> loader.unfit.stream().noneMatch(rule::contains))
              .forEach(loader.problems::add);
      if (loader.problems.isEmpty()) {
        return whole;
      }
    }
    throw loader.refusal();
  }

  private RefusedException refusal() {
    String all =
        problems.stream().sorted(BY_PLACE).map(Printable::text).collect(Collectors.joining("\n"));
    boolean misuse = problems.stream().allMatch(problem -> problem.startsWith("--"));
    return misuse ? new MisuseException(all) : new RefusedException(all);
  }

  private static long lineAndColumn(String problem) {
    Matcher place = PLACE.matcher(problem);
    return place.matches()
        ? Long.parseLong(place.group(1)) * 10_000_000 + Long.parseLong(place.group(2))
        : Long.MAX_VALUE;
  }

  private void readFile(Map<String, String> flags, Map<String, String> environment) {
    String named = flags.getOrDefault("config", environment.getOrDefault("WELLHEAD_CONFIG", ""));
    if (!named.isEmpty()) {
      takeFile(workingFolder.resolve(named));
      return;
    }
    SettingKey data = key("data");
    String folder =
        flags.getOrDefault(
            "data", environment.getOrDefault(data.environment(), data.setting().fallback()));
    Path file = workingFolder.resolve(folder).resolve("wellhead.toml");
    if (Files.exists(file)) {
      takeFile(file);
      GivenValue moved = given.remove("data");
      if (moved != null) {
        problems.add(
            moved.where()
                + ": data cannot be set in the file that lies in the data folder; use --data.");
      }
    }
  }

  /// A file that cannot be read is one problem among others.
  private void takeFile(Path file) {
    try {
      SettingsFile.Text text = SettingsFile.read(file);
      named.putAll(text.named());
      text.values().forEach((path, value) -> take(path, value, value.where()));
    } catch (RefusedException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /// `source.` of `source.*`.
  private static String head(String section) {
    return section.substring(0, section.indexOf('*'));
  }

  private void readEnvironment(Map<String, String> environment) {
    Map<String, String> paths = new HashMap<>();
    Set<String> templates = new TreeSet<>();
    for (SettingKey key : keys.values()) {
      if (key.path().indexOf('*') >= 0) {
        templates.add(key.path());
        if (key.kind() == SettingKey.Kind.SECRET) {
          templates.add(key.path() + "_file");
        }
        continue;
      }
      paths.put(key.environment(), key.path());
      if (key.kind() == SettingKey.Kind.SECRET) {
        paths.put(key.environment() + "_FILE", key.path() + "_file");
      }
    }
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!name.startsWith("WELLHEAD_") || NOT_SETTINGS.contains(name)) {
        continue;
      }
      String path =
          paths.containsKey(name)
              ? paths.get(name)
              : SettingPath.ofEnvironment(name, templates, named.keySet()).orElse(null);
      if (path == null) {
        problems.add(
            "%s: no setting has this name in the environment%s"
                .formatted(name, Nearest.hint(name, paths.keySet())));
      } else {
        String value = environment.getOrDefault(name, "");
        take(path, new GivenValue.Spelled(name, workingFolder, value), name);
      }
    }
  }

  private void readFlag(String path, String value) {
    if (path.equals("config")) {
      return;
    }
    String flag =
        switch (path) {
          case "upstream.index" -> "--upstream";
          case "upstream.files" -> "--upstream-files";
          default -> "--" + path.substring(path.lastIndexOf('.') + 1);
        };
    take(path, new GivenValue.Spelled(flag, workingFolder, value), flag);
  }

  /// Notes a value; a secret given one way drops the other way of a lower layer.
  private void take(String path, GivenValue value, String where) {
    String secret = path.endsWith("_file") ? path.substring(0, path.length() - 5) : path;
    SettingKey key = find(secret);
    boolean known = key != null && (secret.equals(path) || key.kind() == SettingKey.Kind.SECRET);
    if (!known && find(path) == null) {
      Set<String> all = new TreeSet<>();
      for (SettingKey each : keys.values()) {
        all.add(SettingPath.like(each.path(), path));
        if (each.kind() == SettingKey.Kind.SECRET) {
          all.add(SettingPath.like(each.path(), path) + "_file");
        }
      }
      Sections.NAMES.stream()
          .filter(section -> section.indexOf('*') < 0 || path.startsWith(head(section)))
          .forEach(section -> all.add(SettingPath.like(section, path)));
      all.remove(path);
      problems.add(
          Sections.has(path)
              ? where + ": " + path + " is a section: write [" + path + "] and its keys below."
              : "%s: there is no setting %s%s".formatted(where, path, Nearest.hint(path, all)));
      return;
    }
    String other = secret.equals(path) ? path + "_file" : secret;
    GivenValue twin = given.get(other);
    if (twin != null && sameLayer(twin, value)) {
      problems.add(where + ": give either " + secret + " or " + secret + "_file, not both.");
    }
    given.remove(other);
    given.put(path, value);
    SettingPath.named(path).ifPresent(table -> named.putIfAbsent(table, where));
  }

  private @Nullable SettingKey find(String path) {
    SettingKey plain = keys.get(path);
    if (plain != null && path.indexOf('*') < 0) {
      return plain;
    }
    return keys.values().stream()
        .filter(key -> key.path().indexOf('*') >= 0 && SettingPath.isKey(key.path(), path))
        .findFirst()
        .map(key -> key.at(path))
        .orElse(null);
  }

  /// Where `path`, or the table that it lies in, was given, as a sentence about it begins; empty
  /// where nobody gave it.
  private String place(String path) {
    GivenValue value = given.get(path);
    String table = named.get(SettingPath.named(path).orElse(path));
    return value != null ? value.where() + ": " : table != null ? table + ": " : "";
  }

  private static boolean sameLayer(GivenValue one, GivenValue other) {
    return one.getClass() == other.getClass();
  }

  private Object record(Class<?> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      String path = SettingKey.path(prefix, components[i]);
      types[i] = components[i].getType();
      if (SettingKey.isNamed(components[i])) {
        values[i] = named(SettingKey.valueType(components[i]), path);
      } else {
        values[i] = SettingKey.isSection(components[i]) ? record(types[i], path) : value(key(path));
      }
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException
        | InstantiationException
        | IllegalAccessException
        | NoSuchMethodException e) {
      throw new IllegalStateException("cannot make " + type, e);
    }
  }

  /// What stands below `path` under names that people chose, in their order.
  private Map<String, Object> named(Class<?> type, String path) {
    String prefix = path + ".";
    Map<String, Object> values = new LinkedHashMap<>();
    for (String key : type.isRecord() ? named.keySet() : new TreeSet<>(given.keySet())) {
      if (key.startsWith(prefix)) {
        Object value = type.isRecord() ? record(type, key) : value(key(key));
        if (value != null) {
          values.put(key.substring(prefix.length()), value);
        }
      }
    }
    return values;
  }

  private @Nullable Object value(SettingKey key) {
    GivenValue file = given.get(key.path() + "_file");
    GivenValue plain = given.get(key.path());
    GivenValue value = file == null ? plain : file;
    if (value == null) {
      return unset(key);
    }
    return switch (file == null
        ? SettingReader.read(key, value)
        : SettingReader.secretFromFile(key, value)) {
      case SettingReader.Fits(Object fit) -> fit;
      case SettingReader.Unfit(String why) -> {
        problems.add(value.where() + ": " + why);
        unfit.add(key.path());
        yield unset(key);
      }
    };
  }

  /// What holds where nobody gives a value.
  private @Nullable Object unset(SettingKey key) {
    if (!key.fallback().isEmpty()) {
      return SettingReader.fallback(key, workingFolder);
    }
    if (key.isRequired()) {
      problems.add(place(key.path()) + key.path() + " is missing: " + key.setting().value());
      unfit.add(key.path());
    }
    return key.type() == List.class ? List.of() : null;
  }

  private SettingKey key(String path) {
    SettingKey key = find(path);
    if (key == null) {
      throw new IllegalStateException("no setting " + path);
    }
    return key;
  }
}
