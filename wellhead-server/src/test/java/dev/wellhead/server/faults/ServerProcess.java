package dev.wellhead.server.faults;

import dev.wellhead.testkit.FakeIndex;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `wellhead serve` as a process of its own, so that it can be killed.
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final URI url;

  private ServerProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /// What a process is started from: made once, used for many.
  static final class Kit {
    private final String classPath;
    private final Path cache;

    /// Packs the classes under test, since the JVM keeps no cache of classes in folders.
    Kit(Path folder) {
      List<String> jars = new ArrayList<>();
      String tests =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
      for (String entry : tests.split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (!Files.isDirectory(path)) {
          jars.add(entry);
        } else if (!Files.exists(path.resolve("dev/wellhead/server/faults"))) {
          jars.add(pack(path, folder.resolve(jars.size() + ".jar")).toString());
        }
      }
      classPath = String.join(File.pathSeparator, jars);
      cache = folder.resolve("classes.aot");
    }

    /// All that the server needs, as files.
    List<Path> jars() {
      return Stream.of(classPath.split(File.pathSeparator, -1)).map(Path::of).toList();
    }

    /// Starts the server and waits until it listens.
    ServerProcess start(Path data, FakeIndex upstream) throws IOException, InterruptedException {
      return start(data, upstream, Files.exists(cache) ? "-XX:AOTCache=" + cache : "-Xshare:auto");
    }

    /// The same, and when it ends in peace, later ones start faster for it.
    ServerProcess startTraining(Path data, FakeIndex upstream)
        throws IOException, InterruptedException {
      return start(data, upstream, "-XX:AOTCacheOutput=" + cache);
    }

    /// Starts another verb, whose words go nowhere.
    Process process(List<String> arguments) throws IOException {
      return new ProcessBuilder(command("-Xshare:auto", arguments))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    }

    private ServerProcess start(Path data, FakeIndex upstream, String aot)
        throws IOException, InterruptedException {
      List<String> command =
          command(
              aot,
              List.of(
                  "serve",
                  "--data",
                  data.toString(),
                  "--port",
                  "0",
                  "--upstream",
                  upstream.url().toString(),
                  "--upstream-files",
                  upstream.filesUrl().toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new ServerProcess(process, listening(process));
    }

    private List<String> command(String aot, List<String> arguments) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home", "")).resolve("bin/java").toString(),
                  aot,
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  classPath,
                  "dev.wellhead.server.boot.Main"));
      command.addAll(arguments);
      return command;
    }
  }

  URI url() {
    return url;
  }

  /// `kill -9`: nothing in the process runs any more.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    end();
  }

  /// SIGTERM.
  void stop() {
    process.destroy();
  }

  /// Waits for the end and answers the exit code.
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Reads on for as long as it runs, so that it never waits for its reader.
  private static URI listening(Process process) throws InterruptedException {
    CompletableFuture<URI> found = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          StringBuilder said = new StringBuilder();
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              if (line.strip().startsWith("listens on")) {
                found.complete(URI.create(line.strip().substring("listens on".length()).strip()));
              }
              if (!found.isDone()) {
                said.append(line).append('\n');
              }
            }
          } catch (IOException killed) {
            said.append(killed);
          }
          found.completeExceptionally(new AssertionError("it does not listen: " + said));
        });
    try {
      return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("the server did not start", e);
    }
  }

  private static Path pack(Path folder, Path jar) {
    try (Stream<Path> all = Files.walk(folder);
        OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setLevel(1);
      for (Path path : (Iterable<Path>) all.skip(1)::iterator) {
        String name = folder.relativize(path).toString();
        if (Files.isDirectory(path)) {
          zip.putNextEntry(new ZipEntry(name + "/"));
          continue;
        }
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in = Files.newInputStream(path)) {
          in.transferTo(zip);
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
