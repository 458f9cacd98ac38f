package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs `./wellhead` over Java homes that are only a `release` file and a script that prints what
/// it was called with.
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("house", "."), "wellhead").toAbsolutePath();

  private record Ran(int exitCode, String out, String err) {}

  @TempDir private Path folder = Path.of("");
  private Path copy = Path.of("");
  private Path jvms = Path.of("");
  private Path tools = Path.of("");
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void lay_out_a_built_copy_on_a_bare_system() throws IOException {
    copy = Files.createDirectories(folder.resolve("a copy"));
    Files.createDirectories(copy.resolve("lib"));
    Files.writeString(copy.resolve("lib/b.jar"), "");
    Files.writeString(copy.resolve("lib/a.jar"), "");
    Files.copy(LAUNCHER, copy.resolve("wellhead"));
    executable(copy.resolve("wellhead"));
    jvms = Files.createDirectories(folder.resolve("jvms"));
    tools = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        List.of(
            "sh",
            "cat",
            "cp",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sleep",
            "uname")) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(place, tool);
        if (Files.exists(real) && !Files.exists(tools.resolve(tool))) {
          Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
          executable(tools.resolve(tool));
        }
      }
    }
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.toString());
    environment.put("WELLHEAD_JVM_FOLDERS", jvms.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.3", "25.0.5.1", "25.0.10", "25.0.3-ea", "25.0.3+9", "25.1"})
  void java_25_from_25_0_3_on_is_taken(String version) throws Exception {
    java(jvms.resolve("one"), version);

    assertThat(run("version").out().lines().findFirst()).contains("java " + version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          25      | 25.0.0 to 25.0.2 can corrupt memory under JNI (JDK-8377811)
          25.0.2  | 25.0.0 to 25.0.2 can corrupt memory under JNI (JDK-8377811)
          17.0.15 | too old, 25.0.3 or newer is needed
          1.8.0   | too old, 25.0.3 or newer is needed
          26      | too new, Wellhead is built for and tested on 25
          26.0.1  | too new, Wellhead is built for and tested on 25
          """)
  void every_other_java_is_refused_with_the_reason(String version, String reason) throws Exception {
    java(jvms.resolve("one"), version);

    Ran ran = run("version");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("  " + jvms.resolve("one") + "\n      " + version + ": " + reason + "\n");
  }

  @Test
  void a_release_file_without_a_version_is_refused() throws Exception {
    java(jvms.resolve("one"), "$(id)");

    assertThat(run("version").err()).contains("its release file names no version");
  }

  @Test
  void the_first_that_fits_is_taken_in_a_known_order() throws Exception {
    java(jvms.resolve("one"), "25.0.4");
    Path onPath = java(folder.resolve("on path"), "25.0.5");
    Files.createSymbolicLink(folder.resolve("alternatives"), onPath.resolve("bin/java"));
    Files.createSymbolicLink(tools.resolve("java"), folder.resolve("alternatives"));

    assertThat(run("version").out()).startsWith("java 25.0.5\n");
    environment.put("JAVA_25_HOME", java(folder.resolve("v25"), "25.0.6").toString());
    assertThat(run("version").out()).startsWith("java 25.0.6\n");
    environment.put("JAVA_HOME", java(folder.resolve("home"), "25.0.7").toString());
    assertThat(run("version").out()).startsWith("java 25.0.7\n");
    java(copy.resolve("runtime"), "25.0.8");
    assertThat(run("version").out()).startsWith("java 25.0.8\n");
    environment.put("WELLHEAD_JAVA_HOME", java(folder.resolve("w"), "25.0.9").toString());
    assertThat(run("version").out()).startsWith("java 25.0.9\n");
  }

  @Test
  void a_java_that_was_named_for_wellhead_and_does_not_fit_is_always_told() throws Exception {
    environment.put("JAVA_HOME", java(folder.resolve("old"), "21.0.1").toString());
    environment.put("WELLHEAD_JAVA_HOME", folder.resolve("nowhere").toString());

    assertThat(run("version").err())
        .contains(
            "  "
                + folder.resolve("nowhere")
                + "\n      no Java there (it has no release file or no bin/java)"
                + " (WELLHEAD_JAVA_HOME)\n")
        .contains("21.0.1: too old, 25.0.3 or newer is needed (JAVA_HOME)\n");

    java(jvms.resolve("one"), "25.0.3");
    Ran ran = run("version");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err())
        .isEqualTo(
            """
            wellhead: WELLHEAD_JAVA_HOME is passed over, and <one> taken:
              <nowhere>
                  no Java there (it has no release file or no bin/java) (WELLHEAD_JAVA_HOME)
            """
                .replace("<one>", jvms.resolve("one").toString())
                .replace("<nowhere>", folder.resolve("nowhere").toString()));
  }

  @Test
  void a_macos_bundle_is_looked_into() throws Exception {
    java(jvms.resolve("temurin-25.jdk/Contents/Home"), "25.0.3");

    assertThat(run("version").out()).startsWith("java 25.0.3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ID=debian,VERSION_ID="12"           | sudo apt install temurin-25-jdk
          ID=debian,VERSION_ID="13"           | sudo apt install openjdk-25-jre-headless
          ID=ubuntu,ID_LIKE=debian            | sudo apt install openjdk-25-jre-headless
          ID=linuxmint,ID_LIKE="ubuntu debian"| sudo apt install openjdk-25-jre-headless
          ID=fedora                           | sudo dnf install java-25-openjdk-headless
          ID="rocky",ID_LIKE="rhel centos fedora" | sudo dnf install java-25-openjdk-headless
          ID=arch                             | sudo pacman -S jre25-openjdk-headless
          ID=alpine                           | apk add openjdk25-jre-headless
          ID=macos                            | brew install openjdk@25
          ID=plan9                            | https://adoptium.net
          """)
  void the_line_that_helps_fits_the_system(String release, String line) throws Exception {
    Path file = folder.resolve("os-release");
    Files.writeString(file, release.replace(',', '\n') + "\n");
    environment.put("WELLHEAD_OS_RELEASE", file.toString());

    Ran ran = run("version");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains(line).contains("Wellhead downloads none by itself.");
    assertThat(ran.err().lines().count()).isLessThan(24);
  }

  @Test
  void it_works_through_a_symlink_from_anywhere_with_spaces_in_paths() throws Exception {
    java(jvms.resolve("one"), "25.0.3");
    Files.createDirectories(folder.resolve("some where"));
    Files.createSymbolicLink(folder.resolve("some where/wh"), Path.of("../a copy/wellhead"));

    Ran ran = run(folder.resolve("some where/wh"), "status", "--url", "http://a b/*");

    String lib = copy.toRealPath().resolve("lib").toString();
    assertThat(ran.out().lines().toList())
        .contains(lib + "/a.jar:" + lib + "/b.jar")
        .endsWith("dev.wellhead.cli.Main", "status", "--url", "http://a b/*");
  }

  @Test
  void the_server_gets_its_flags_and_a_heap_of_256_megabytes() throws Exception {
    java(jvms.resolve("one"), "25.0.3");

    assertThat(run("serve", "--port", "0").out().lines())
        .contains(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xms96m",
            "-Xmx256m")
        .endsWith("dev.wellhead.server.boot.Main", "serve", "--port", "0");
  }

  @Test
  void options_of_the_operator_replace_the_heap() throws Exception {
    java(jvms.resolve("one"), "25.0.3");
    environment.put("WELLHEAD_JAVA_OPTS", "-Xmx1g -Dx=*");

    assertThat(run("serve").out().lines())
        .contains("-Xmx1g", "-Dx=*")
        .doesNotContain("-Xms96m", "-Xmx256m");
  }

  @Test
  void training_that_fails_is_said_once_and_does_not_stop_the_start() throws Exception {
    java(jvms.resolve("one"), "25.0.3");

    assertThat(run("serve").err()).contains("preparing fast starts").contains("that failed");
    assertThat(run("serve").err()).isEmpty();
  }

  @Test
  void a_checkout_without_maven_is_the_same_screen() throws Exception {
    java(jvms.resolve("one"), "25.0.3");
    Files.writeString(jvms.resolve("one/bin/javac"), "");
    executable(jvms.resolve("one/bin/javac"));

    Path system = folder.resolve("os-release");
    Files.writeString(system, "ID=debian\nVERSION_ID=\"13\"\n");
    environment.put("WELLHEAD_OS_RELEASE", system.toString());

    Ran ran = run(checkout(), "version");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("there is no mvn on PATH")
        .contains("\n  sudo apt install maven\n")
        .doesNotContain("No Java was found")
        .doesNotContain("openjdk");
  }

  @Test
  void a_checkout_with_a_runtime_that_cannot_compile_is_the_same_screen() throws Exception {
    java(jvms.resolve("one"), "25.0.3");

    Ran ran = run(checkout(), "version");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("25.0.3: a runtime without javac; building needs a whole JDK")
        .contains("maven");
  }

  @Test
  void a_checkout_is_built_once_and_again_when_a_source_is_newer() throws Exception {
    Path home = java(jvms.resolve("one"), "25.0.3");
    Files.writeString(home.resolve("bin/javac"), "");
    executable(home.resolve("bin/javac"));
    Path launcher = checkout();
    Path checkout = launcher.resolveSibling("");
    Path source = Files.createDirectories(checkout.resolve("wellhead-core/src/main"));
    mavenThatOnlyMakesJars();

    Ran first = run(launcher, "version");

    assertThat(first.exitCode()).isZero();
    assertThat(first.err())
        .isEqualTo("wellhead: building, once, which takes a minute or two ...\n");
    assertThat(first.out().lines().toList())
        .contains(
            Stream.of("dependency", "wellhead-cli-1", "wellhead-server-1")
                .map(jar -> realBuilt(checkout) + "/lib/" + jar + ".jar")
                .collect(Collectors.joining(":")));
    assertThat(checkout.resolve("wellhead-server/target/build.log")).hasContent("maven on " + home);
    assertThat(run(launcher, "version").err()).isEmpty();

    Files.setLastModifiedTime(
        source, FileTime.from(Files.getLastModifiedTime(launcher).toInstant().plusSeconds(60)));
    assertThat(run(launcher, "version").err())
        .isEqualTo("wellhead: sources have changed, building again ...\n");
  }

  @Test
  void a_build_that_fails_says_where_all_of_it_is() throws Exception {
    Path home = java(jvms.resolve("one"), "25.0.3");
    Files.writeString(home.resolve("bin/javac"), "");
    executable(home.resolve("bin/javac"));
    Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] A.java:[1,1] no'\nexit 1\n");
    executable(tools.resolve("mvn"));

    Ran ran = run(checkout(), "version");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("[ERROR] A.java:[1,1] no\n").contains("build.log");
  }

  @Test
  void the_help_names_every_verb_of_the_server_and_needs_no_java() throws Exception {
    Ran ran = run("help");

    assertThat(ran.exitCode()).isZero();
    assertThat(
            Verbs.commandLine(Map.of()).getSubcommands().values().stream()
                .map(verb -> verb.getCommandSpec())
                .filter(verb -> !verb.usageMessage().hidden())
                .map(verb -> verb.name()))
        .allSatisfy(verb -> assertThat(ran.out()).containsPattern("(?m)^  " + verb + " "));
    assertThat(run()).isEqualTo(ran);
    assertThat(run("--help")).isEqualTo(ran);
  }

  @Test
  void every_verb_of_the_server_goes_to_the_server() throws Exception {
    String script = Files.readString(LAUNCHER);
    String line =
        Pattern.compile("\n  ([a-z |]+)\\) main=dev.wellhead.server.boot.Main")
            .matcher(script)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.joining());

    TreeSet<String> verbs = new TreeSet<>(Verbs.commandLine(Map.of()).getSubcommands().keySet());
    verbs.removeAll(List.of("help", "version"));
    assertThat(new TreeSet<>(List.of(line.split(" \\| ", -1)))).isEqualTo(verbs);
  }

  private Path java(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Files.writeString(
        home.resolve("bin/java"),
        "#!/bin/sh\nprintf '%s\\n' 'java " + version.replace("'", "") + "' \"$@\"\n");
    executable(home.resolve("bin/java"));
    return home;
  }

  private Path checkout() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("check out"));
    Files.createDirectories(checkout.resolve("wellhead-server"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("LICENSE"), "");
    Files.copy(LAUNCHER, checkout.resolve("wellhead"));
    executable(checkout.resolve("wellhead"));
    return checkout.resolve("wellhead");
  }

  private void mavenThatOnlyMakesJars() throws IOException {
    Files.writeString(
        tools.resolve("mvn"),
        """
        #!/bin/sh
        echo "maven on $JAVA_HOME"
        mkdir -p wellhead-server/target/lib wellhead-cli/target
        for jar in wellhead-server/target/lib/dependency wellhead-server/target/wellhead-server-1 \\
          wellhead-cli/target/wellhead-cli-1; do
          : >$jar.jar
        done
        """);
    executable(tools.resolve("mvn"));
  }

  private static String realBuilt(Path checkout) {
    try {
      return checkout.toRealPath().resolve("wellhead-server/target/wellhead").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ran run(String... arguments) throws IOException, InterruptedException {
    return run(copy.resolve("wellhead"), arguments);
  }

  private Ran run(Path launcher, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
