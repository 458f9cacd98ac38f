package dev.wellhead.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `wellhead status`: what the server says of itself.
@Command(
    name = "status",
    description = "Prints how a server is doing.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class)
final class StatusVerb implements Callable<Integer> {
  private static final String HERE = "http://127.0.0.1:8090";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String usualUrl;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server (default: WELLHEAD_URL, else " + HERE + ").")
  private @Nullable String url;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text for people (default), or json, as the server says it, on one line.")
  private Format format = Format.TEXT;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "A PEM file of authorities to trust beside those of the system.")
  private @Nullable Path ca;

  /// How it is printed.
  private enum Format {
    TEXT,
    JSON
  }

  @Spec private @Nullable CommandSpec spec;

  /// @param usualUrl the server to ask where no option names one; empty for this machine's
  StatusVerb(String usualUrl) {
    this.usualUrl = usualUrl.isEmpty() ? HERE : usualUrl;
  }

  /// @throws NoAnswerException where no usable answer came in time
  @Override
  public Integer call() throws NoAnswerException, InterruptedException {
    URI server = server(url == null ? usualUrl : url);
    String body = new StatusRequest(PATIENCE, ca).ask(server.resolve("status.json"));
    JsonNode status;
    try {
      status = JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new NoAnswerException(server + " answered, but not as a Wellhead server does.", e);
    }
    if (!status.isObject()) {
      throw new NoAnswerException(server + " answered, but not as a Wellhead server does.");
    }
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(
          format == Format.JSON
              ? JsonMapper.shared().writeValueAsString(status) + "\n"
              : StatusText.of(status));
      out.flush();
    }
    return 0;
  }

  private static URI server(String text) throws NoAnswerException {
    String folder = text.endsWith("/") ? text : text + "/";
    try {
      URI server = URI.create(folder);
      if (server.getHost() != null && String.valueOf(server.getScheme()).matches("https?")) {
        return server;
      }
    } catch (IllegalArgumentException _) {
      // Said below, together with all else that is no server.
    }
    throw new NoAnswerException(
        Main.clean(text) + " is not an http or https URL: give the server's with --url.");
  }
}
