package dev.wellhead.server.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// A real client, installed once into an environment of its own and found there by later tests.
///
/// Each comes by name and version: from the folder of clients beside the project where it exists,
/// else from whatever index the machine's pip uses. Where neither has it, the test is skipped with
/// a sentence; where the folder exists, that is a failure.
enum Client {
  /// The pip that the machine's Python brings.
  SYSTEM_PIP(""),
  PIP("pip==26.3"),
  UV("uv==0.13.9"),
  POETRY("poetry==2.5.1"),
  // Its own locked dependencies: with newer ones it cannot lock.
  PDM("pdm[locked]==2.29.3"),
  HATCH("hatch==1.18.2"),
  TWINE("twine==7.0.0"),
  PIP_AUDIT("pip-audit==2.10.1"),
  // A rival, to move in from.
  DEVPI_SERVER("devpi-server==6.20.3");

  private final String requirement;

  Client(String requirement) {
    this.requirement = requirement;
  }

  /// The words that begin its command line.
  List<String> command() {
    if (this == SYSTEM_PIP) {
      return List.of(Machine.python(), "-I", "-m", "pip");
    }
    Path environment = installed();
    return this == PIP
        ? List.of(environment.resolve("bin/python").toString(), "-I", "-m", "pip")
        : List.of(environment.resolve("bin").resolve(project()).toString());
  }

  private String project() {
    return requirement.replaceFirst("[=\\[].*", "");
  }

  private Path installed() {
    skipWhereRefused();
    Path environment = environment();
    Path ready = environment.resolve("ready");
    if (!Files.exists(ready)) {
      // uv makes environments in a tenth of pip's time, so that everything but itself comes by it.
      Optional<Run> refused =
          Machine.clientsFolder().isPresent() ? fromFolder(environment) : fromIndex(environment);
      refused.ifPresent(this::cannot);
      write(ready, requirement);
    }
    return environment;
  }

  private Optional<Run> fromFolder(Path environment) {
    String folder = Machine.clientsFolder().orElseThrow().toString();
    if (this == UV) {
      return firstRefused(
          quiet(),
          venv(environment),
          pipInstall(environment, "--no-index", "--find-links", folder));
    }
    String uv = UV.command().getFirst();
    List<String> venv =
        List.of(
            uv, "venv", "--clear", "--quiet", "--python", Machine.python(), environment.toString());
    List<String> install =
        List.of(
            uv,
            "pip",
            "install",
            "--python",
            environment.resolve("bin/python").toString(),
            "--no-index",
            "--find-links",
            folder,
            requirement);
    return firstRefused(quiet(), venv, install);
  }

  private Optional<Run> fromIndex(Path environment) {
    return firstRefused(Map.copyOf(System.getenv()), venv(environment), pipInstall(environment));
  }

  private static List<String> venv(Path environment) {
    return List.of(
        Machine.python(), "-m", "venv", "--without-pip", "--clear", environment.toString());
  }

  private List<String> pipInstall(Path environment, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Machine.python(),
                "-m",
                "pip",
                "--python",
                environment.resolve("bin/python").toString(),
                "install"));
    command.addAll(List.of(options));
    command.add(requirement);
    return command;
  }

  @SafeVarargs
  private static Optional<Run> firstRefused(
      Map<String, String> environment, List<String>... commands) {
    for (List<String> command : commands) {
      Run run = Commands.run(environment, Machine.workshop(), command);
      if (run.exit() != 0) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private void cannot(Run run) {
    if (Machine.clientsFolder().isPresent()) {
      throw new AssertionError(
          run.told(requirement + " is not to be had from " + Machine.clientsFolder().get()));
    }
    String why =
        "skipped: "
            + requirement
            + " is not to be had: no clients folder beside the project, and pip's index does not"
            + " give it: "
            + run.output().lines().reduce("", (_, last) -> last);
    write(refusal(), why);
    throw new TestAbortedException(why);
  }

  /// Trying takes its time, so that only the first of many tests in one run tries.
  private void skipWhereRefused() {
    if (Files.exists(refusal())) {
      throw new TestAbortedException(read(refusal()));
    }
  }

  private Path refusal() {
    return environment().resolve("refused-" + ProcessHandle.current().pid());
  }

  private Path environment() {
    return Machine.workshop().resolve(requirement.replaceAll("[^a-z0-9.]+", "-"));
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The machine's variables without any that configures a client.
  private static Map<String, String> quiet() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", Machine.workshop().resolve("home").toString());
    environment.put("UV_CACHE_DIR", Machine.workshop().resolve("uv-cache").toString());
    environment.put("XDG_CONFIG_DIRS", Machine.workshop().resolve("nothing").toString());
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    return environment;
  }
}
