package dev.wellhead.server.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs with an environment of exactly these variables, and with a time limit.
final class Commands {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Commands() {}

  static Run run(Map<String, String> environment, Path folder, List<String> command) {
    try {
      Files.createDirectories(folder);
      Path said = Files.createTempFile("said", ".txt");
      try {
        return new Run(command, exit(environment, folder, command, said), read(said));
      } finally {
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }

  private static int exit(
      Map<String, String> environment, Path folder, List<String> command, Path said)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(
            new Run(command, -1, read(said)).told("did not end within " + LIMIT));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + command, e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String read(Path said) throws IOException {
    return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
  }
}
