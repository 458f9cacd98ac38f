package dev.wellhead.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./wellhead serve` of a built copy, as a process of its own in surroundings of its own.
@Timeout(120)
final class LaunchedTest {
  private static final Pattern LISTENS = Pattern.compile("listens on +(http://[0-9.:]+/)");

  /// Written so that a shell reads it in every locale: this JVM may have a plain one as well.
  private static final String ANY_SCRIPT =
      "\"$(printf 'd\\303\\244t\\303\\244-\\346\\225\\260\\346\\215\\256')\"";

  @TempDir private Path temp = Path.of("");
  private final FakeIndex upstream = FakeIndex.start();
  private Path copy = Path.of("");

  @BeforeEach
  void lay_out_a_built_copy() throws IOException {
    copy = Files.createDirectories(temp.resolve("copy"));
    Path lib = Files.createDirectories(copy.resolve("lib"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            new ServerProcess.Kit(temp)
                .jars().stream()
                    .map(jar -> jar.toUri().toString())
                    .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(lib.resolve("all.jar")), manifest).close();
    Path launcher = copy.resolve("wellhead");
    Files.copy(Path.of(System.getProperty("house", "."), "wellhead"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.writeString(copy.resolve("server.jvm"), "none\n"); // as after a training that failed
    for (String folder : List.of("home", "tmp", "cwd")) {
      Files.createDirectories(temp.resolve(folder));
    }
  }

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void nothing_outside_the_data_folder_is_written_and_the_end_is_two_lines() throws Exception {
    Map<String, Long> before = tree();
    Process process = start(temp.resolve("data").toString(), Map.of());
    try {
      Wheel wheel = Wheel.of("six", 100_000);
      upstream.file(wheel.filename(), wheel.bytes());
      new Visitor(url(), upstream).mustWork(wheel);
      assertThat(shared(process.pid())).isEmpty();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(tree()).isEqualTo(before);
    assertThat(shared(process.pid())).isEmpty();
    assertThat(said().lines().dropWhile(line -> !line.contains("poetry")).skip(1))
        .satisfiesExactly(
            line ->
                assertThat(line).endsWith(" INFO  Serving stopping: downloads in flight may end"),
            line -> assertThat(line).endsWith(" INFO  Serving stopped"));
  }

  @Test
  void a_folder_in_any_script_is_used_in_a_plain_locale_and_every_line_is_json() throws Exception {
    Process process = start(ANY_SCRIPT, Map.of("LANG", "C", "WELLHEAD_LOG_FORMAT", "json"));
    try {
      Wheel wheel = Wheel.of("six", 1_000);
      upstream.file(wheel.filename(), wheel.bytes());
      new Visitor(url(), upstream).mustWork(wheel);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(shell("test -f " + ANY_SCRIPT + "/wellhead.db && test $(ls | wc -l) = 1")).isZero();
    assertThat(said().lines())
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> {
          JsonNode object = JsonMapper.shared().readTree(line);
          assertThat(object.propertyNames()).contains("time", "level", "logger", "message");
        })
        .anySatisfy(line ->
            assertThat(line).contains("data in ").contains("/d\u00e4t\u00e4-\u6570\u636e,"));
  }

  /// @param data as a shell reads it
  private Process start(String data, Map<String, String> further) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "exec \"$0\" \"$@\" --data " + data,
            copy.resolve("wellhead").toString(),
            "serve",
            "--port",
            "0",
            "--upstream",
            upstream.url().toString(),
            "--upstream-files",
            upstream.filesUrl().toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(WELLHEAD_|LC_|LANG|JAVA_|JDK_).*"));
    environment.put("HOME", temp.resolve("home").toString());
    environment.put("TMPDIR", temp.resolve("tmp").toString());
    environment.put("WELLHEAD_JAVA_HOME", System.getProperty("java.home", ""));
    environment.putAll(further);
    return builder
        .directory(temp.resolve("cwd").toFile())
        .redirectErrorStream(true)
        .redirectOutput(temp.resolve("said").toFile())
        .start();
  }

  private int shell(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", command)
        .directory(temp.resolve("cwd").toFile())
        .start()
        .waitFor();
  }

  private URI url() {
    Await.until("it listens", () -> LISTENS.matcher(said()).find());
    Matcher listens = LISTENS.matcher(said());
    assertThat(listens.find()).isTrue();
    return URI.create(listens.group(1));
  }

  private String said() {
    try {
      return Files.readString(temp.resolve("said"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /// Where the process could write, apart from its data: each file with its size.
  private Map<String, Long> tree() throws IOException {
    Map<String, Long> tree = new TreeMap<>();
    for (String folder : List.of("home", "tmp", "cwd", "copy")) {
      try (Stream<Path> all = Files.walk(temp.resolve(folder))) {
        for (Path path : all.toList()) {
          tree.put(path.toString(), Files.isRegularFile(path) ? Files.size(path) : -1);
        }
      }
    }
    return tree;
  }

  /// What the process has in folders that all share: the JVM's performance data and sockets, and
  /// whatever else bears its number.
  private static List<String> shared(long pid) throws IOException {
    Path all = Path.of("/tmp");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    List<String> found =
        new ArrayList<>(
            names(all).stream().filter(name -> name.contains(String.valueOf(pid))).toList());
    for (String name : names(all)) {
      if (name.startsWith("hsperfdata_") && Files.exists(all.resolve(name).resolve("" + pid))) {
        found.add(name + "/" + pid);
      }
    }
    return found;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
