package dev.wellhead.server.boot;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wellhead serve`: runs the server until it is told to stop.
@Command(
    name = "serve",
    description = "Runs the server until it is stopped (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class ServeVerb implements Callable<Integer> {
  @Mixin private final DataOptions options = new DataOptions();

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "The address to listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen on (default: 8090).")
  private @Nullable String port;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "The upstream's Simple API (default: https://pypi.org/simple/).")
  private @Nullable String upstream;

  @Option(
      names = "--upstream-files",
      paramLabel = "URL",
      description = "Where the upstream's files lie, if on another host; may be given twice.")
  private List<String> upstreamFiles = List.of();

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  ServeVerb(Map<String, String> environment) {
    this.environment = environment;
  }

  /// @throws RefusedException where the server cannot start
  @Override
  public Integer call() throws RefusedException, IOException, InterruptedException {
    if (spec != null) {
      Serving.run(flags(), environment, spec.commandLine().getOut());
    }
    return 0;
  }

  /// What was given, as `SettingsLoader` takes it.
  Map<String, String> flags() {
    Map<String, String> flags = options.flags();
    put(flags, "server.host", host);
    put(flags, "server.port", port);
    put(flags, "upstream.index", upstream);
    put(flags, "upstream.files", upstreamFiles.isEmpty() ? null : String.join(",", upstreamFiles));
    return flags;
  }

  private static void put(Map<String, String> flags, String key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
