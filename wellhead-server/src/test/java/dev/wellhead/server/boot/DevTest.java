package dev.wellhead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `./dev` of a checkout whose Maven is a script of a few lines.
final class DevTest {
  private static final Path HOUSE = Path.of(System.getProperty("house", "."));

  private record Ran(int exitCode, String out, String err) {}

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void lay_out_a_checkout() throws IOException {
    for (String script : List.of("dev", "wellhead")) {
      Files.copy(HOUSE.resolve(script), folder.resolve(script));
      executable(folder.resolve(script));
    }
    Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    for (String tool : List.of("java", "javac")) {
      executable(Files.writeString(folder.resolve("jdk/bin/" + tool), "#!/bin/sh\n"));
    }
    Files.createDirectories(folder.resolve("bin"));
    maven("exit 0");
  }

  @Test
  void a_test_that_there_is_not_fails_with_a_sentence() throws Exception {
    assertThat(run("test", "NoSuchName"))
        .isEqualTo(
            new Ran(
                1,
                "",
                "dev: no test is called NoSuchName: give a class such as VersionTest,"
                    + " VersionTest#some_method, or a pattern such as 'Version*'.\n"));
  }

  @Test
  void a_test_that_passes_is_counted() throws Exception {
    maven(
        "mkdir -p a/target/surefire-reports",
        "echo '<testcase name=\"x\" classname=\"dev.wellhead.A\" time=\"0\"/>'"
            + " >a/target/surefire-reports/TEST-A.xml");

    assertThat(run("test", "A")).isEqualTo(new Ran(0, "1 passed, 0 failed, 0 skipped\n", ""));
  }

  @Test
  void maven_is_asked_for_plain_text() throws Exception {
    maven("echo \"$@\"", "exit 1");

    assertThat(run("test", "A").out()).startsWith("-B -ntp -Dstyle.color=never ");
  }

  @Test
  void a_verb_that_there_is_not_is_misuse() throws Exception {
    Ran ran = run("frobnicate");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).startsWith("dev: there is no verb frobnicate.\nUsage: ./dev VERB");
  }

  private void maven(String... lines) throws IOException {
    Path script = folder.resolve("bin/mvn");
    executable(Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n"));
  }

  private static void executable(Path file) {
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ran run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("dev").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.put("PATH", folder.resolve("bin") + ":" + path);
    environment.put("WELLHEAD_JAVA_HOME", folder.resolve("jdk").toString());
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
