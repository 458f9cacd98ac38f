package dev.wellhead.server.boot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes the settings of one start: the file, over it the environment, over that the command line.
///
/// Everything that is wrong is said at once, each with its place. A key that nobody knows is an
/// error, since a mistyped limit that silently does nothing is worse than a server that does not
/// start.
final class SettingsLoader {
  /// Names that begin like settings and are read by the launcher, the CLI or here.
  private static final Set<String> NOT_SETTINGS =
      Set.of("WELLHEAD_CONFIG", "WELLHEAD_JAVA_HOME", "WELLHEAD_JAVA_OPTS", "WELLHEAD_URL");

  private final Path workingFolder;
  private final Map<String, SettingKey> keys = new LinkedHashMap<>();
  private final Map<String, GivenValue> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

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
    if (loader.problems.isEmpty() && settings instanceof Settings whole) {
      loader.problems.addAll(SettingsRules.problems(whole));
      if (loader.problems.isEmpty()) {
        return whole;
      }
    }
    throw loader.refusal();
  }

  private RefusedException refusal() {
    String all = String.join("\n", problems);
    boolean misuse = problems.stream().allMatch(problem -> problem.startsWith("--"));
    return misuse ? new MisuseException(all) : new RefusedException(all);
  }

  private void readFile(Map<String, String> flags, Map<String, String> environment)
      throws RefusedException {
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

  private void takeFile(Path file) throws RefusedException {
    SettingsFile.read(file).forEach((path, value) -> take(path, value, value.where()));
  }

  private void readEnvironment(Map<String, String> environment) {
    Map<String, String> paths = new HashMap<>();
    for (SettingKey key : keys.values()) {
      paths.put(key.environment(), key.path());
      if (key.kind() == SettingKey.Kind.SECRET) {
        paths.put(key.environment() + "_FILE", key.path() + "_file");
      }
    }
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!name.startsWith("WELLHEAD_") || NOT_SETTINGS.contains(name)) {
        continue;
      }
      String path = paths.get(name);
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
    SettingKey key = keys.get(secret);
    boolean known = key != null && (secret.equals(path) || key.kind() == SettingKey.Kind.SECRET);
    if (!known && !keys.containsKey(path)) {
      Set<String> all = new TreeSet<>(keys.keySet());
      keys.values().stream()
          .filter(each -> each.kind() == SettingKey.Kind.SECRET)
          .forEach(each -> all.add(each.path() + "_file"));
      all.addAll(Sections.NAMES);
      problems.add(
          Sections.NAMES.contains(path)
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
  }

  private static boolean sameLayer(GivenValue one, GivenValue other) {
    return one.getClass() == other.getClass();
  }

  private @Nullable Object record(Class<?> type, String prefix) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    int before = problems.size();
    for (int i = 0; i < components.length; i++) {
      String path = SettingKey.path(prefix, components[i]);
      types[i] = components[i].getType();
      values[i] = SettingKey.isSection(components[i]) ? record(types[i], path) : value(key(path));
    }
    if (problems.size() > before) {
      return null;
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

  private @Nullable Object value(SettingKey key) {
    GivenValue file = given.get(key.path() + "_file");
    GivenValue plain = given.get(key.path());
    GivenValue value = file == null ? plain : file;
    if (value == null) {
      if (!key.setting().fallback().isEmpty()) {
        return SettingReader.fallback(key, workingFolder);
      }
      return key.type() == List.class ? List.of() : null;
    }
    return switch (file == null
        ? SettingReader.read(key, value)
        : SettingReader.secretFromFile(key, value)) {
      case SettingReader.Fits(Object fit) -> fit;
      case SettingReader.Unfit(String why) -> {
        problems.add(value.where() + ": " + why);
        yield null;
      }
    };
  }

  private SettingKey key(String path) {
    SettingKey key = keys.get(path);
    if (key == null) {
      throw new IllegalStateException("no setting " + path);
    }
    return key;
  }
}
