package dev.wellhead.server.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A place to run clients in: a home, caches and configuration that belong to one test, and one
/// index that all of them use. Nothing of the machine's own configuration is seen.
final class Bench {
  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();

  Bench(Path folder, URI index) {
    this.folder = folder;
    // pdm looks for its interpreter on the path, and takes one that is named instead of making an
    // environment.
    environment.put("PATH", Path.of(Machine.python()).getParent() + ":/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("HOME", place("home"));
    environment.put("TMPDIR", made(place("tmp")));
    environment.put("XDG_CONFIG_HOME", place("config"));
    environment.put("XDG_CONFIG_DIRS", place("nothing"));
    environment.put("XDG_CACHE_HOME", place("cache"));
    environment.put("XDG_DATA_HOME", place("data"));
    environment.put("XDG_STATE_HOME", place("state"));
    environment.put("NO_COLOR", "1");
    environment.put("PYTHONNOUSERSITE", "1");
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    environment.put("PIP_NO_INPUT", "1");
    environment.put("PIP_RETRIES", "0");
    environment.put("PIP_INDEX_URL", index.toString());
    environment.put("UV_NO_SYSTEM_CONFIG", "1");
    environment.put("UV_PYTHON_DOWNLOADS", "never");
    environment.put("UV_PYTHON", Machine.python());
    environment.put("UV_DEFAULT_INDEX", index.toString());
    environment.put("UV_HTTP_RETRIES", "0");
    environment.put("POETRY_VIRTUALENVS_IN_PROJECT", "true");
    environment.put("POETRY_VIRTUALENVS_OPTIONS_NO_PIP", "true");
    environment.put("POETRY_NO_INTERACTION", "1");
    environment.put("PDM_CHECK_UPDATE", "false");
    environment.put("PDM_IGNORE_ACTIVE_VENV", "1");
  }

  /// The folder in which commands run.
  Path folder() {
    return folder.resolve("work");
  }

  /// Sets a variable for the runs that follow.
  Bench with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Unsets variables for the runs that follow.
  Bench without(String... names) {
    for (String name : names) {
      environment.remove(name);
    }
    return this;
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  Run run(Client client, String... arguments) {
    return run(client, List.of(arguments));
  }

  Run run(Client client, List<String> arguments) {
    List<String> command = new ArrayList<>(client.command());
    command.addAll(arguments);
    return Commands.run(environment, folder(), command);
  }

  /// Runs Python in an environment.
  Run python(Path environmentFolder, String program) {
    return Commands.run(
        environment,
        folder(),
        List.of(environmentFolder.resolve("bin/python").toString(), "-I", "-c", program));
  }

  /// A fresh environment with nothing in it, not even pip.
  Path freshEnvironment(String name) {
    Path made = folder.resolve(name);
    Commands.run(
            environment,
            folder(),
            List.of(Machine.python(), "-m", "venv", "--without-pip", made.toString()))
        .succeeded();
    return made;
  }

  /// What is installed in an environment, as sorted `name==version`.
  List<String> installed(Path environmentFolder) {
    String program =
        """
        import importlib.metadata as m
        for d in m.distributions(): print(d.metadata["Name"] + "==" + d.version)
        """;
    return python(environmentFolder, program).succeeded().output().lines().sorted().toList();
  }

  private static String made(String folder) {
    try {
      return Files.createDirectories(Path.of(folder)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }
}
