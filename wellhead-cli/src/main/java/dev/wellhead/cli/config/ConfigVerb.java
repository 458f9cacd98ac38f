package dev.wellhead.cli.config;

import dev.wellhead.cli.config.Finding.Weight;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// `wellhead config CLIENT`: the settings that point a client at one index, and whatever else it
/// would ask.
@Command(
    name = "config",
    description = {
      "Prints the settings that point pip, uv, poetry, pdm or hatch at one index, and warns of every"
          + " other index that the client would ask.",
      "The server is --server, else WELLHEAD_URL, else server (and view) in [tool.wellhead] of the"
          + " folder's pyproject.toml, else http://127.0.0.1:8090."
    },
    mixinStandardHelpOptions = true)
public final class ConfigVerb implements Callable<Integer> {
  private static final String HERE = "http://127.0.0.1:8090";

  private final Machine machine;

  @Parameters(paramLabel = "CLIENT", description = "One of ${COMPLETION-CANDIDATES}.")
  private Client client = Client.pip;

  @Option(names = "--server", paramLabel = "URL", description = "The server's URL.")
  private @Nullable String server;

  @Option(
      names = "--view",
      paramLabel = "NAME",
      description = "A view other than the usual one, also as NAME@YYYY-MM-DD.")
  private @Nullable String view;

  @Option(
      names = "--project",
      description =
          "uv, pdm: the settings of the project in this folder instead of yours. poetry and hatch"
              + " have no others.")
  private boolean project;

  @Option(
      names = "--write",
      description = "Writes them, after showing the difference, and keeps what was there.")
  private boolean write;

  @Option(names = "--undo", description = "Brings back what was there before the first --write.")
  private boolean undo;

  @Spec private @Nullable CommandSpec spec;

  /// The clients, as people write them.
  enum Client {
    pip,
    uv,
    poetry,
    pdm,
    hatch
  }

  /// @param root what `/etc` lies in
  /// @param folder where the verb is run
  public ConfigVerb(Map<String, String> environment, Path root, Path folder) {
    this.machine = new Machine(environment, root, folder.toAbsolutePath().normalize());
  }

  /// @throws RefusedException where nothing was done, with a sentence
  @Override
  public Integer call() throws RefusedException {
    if (write && undo) {
      throw new RefusedException("--write and --undo are opposites: give one of them.");
    }
    IndexUrl index = index();
    ClientSettings settings = settings(index);
    if (settings.file().equals(machine.folder().resolve("pyproject.toml"))
        && !Files.exists(settings.file())) {
      throw new RefusedException(
          "There is no pyproject.toml in "
              + machine.folder()
              + ": run this in the project's folder.");
    }
    int code = undo ? undo(settings, index) : point(settings, index);
    if (!undo) {
      warn(settings);
    }
    out().flush();
    return code;
  }

  private int point(ClientSettings settings, IndexUrl index) throws RefusedException {
    SettingsFile file = new SettingsFile(settings.file());
    String before;
    String after;
    try {
      before = SettingsText.read(file.path());
      after = settings.edited(before);
    } catch (NotUnderstoodException e) {
      out().println(file.path() + " is left as it is: " + e.getMessage() + ".");
      out().println("Put these lines in by hand:");
      out().println();
      out().print(settings.lines());
      return 1;
    }
    if (after.equals(before)) {
      out().println(file.path() + " points " + client + " at " + index.url() + " already.");
    } else if (write) {
      out().println(file.path() + ":");
      out().print(Difference.of(before, after, index));
      out().flush();
      file.write(before, after);
      out().println("Written. What was there: " + file.backup());
      out().println("Undo: wellhead config " + client + (project ? " --project" : "") + " --undo");
    } else {
      out().println("For " + index.url() + " in " + file.path() + ":");
      out().println();
      out().print(settings.lines());
      out().println();
      out().println("--write puts it there.");
    }
    return 0;
  }

  private int undo(ClientSettings settings, IndexUrl index) throws RefusedException {
    SettingsFile file = new SettingsFile(settings.file());
    if (!Files.exists(file.backup())) {
      throw new RefusedException(
          "There is nothing to bring back: " + file.backup() + " does not exist.");
    }
    try {
      String now = SettingsText.read(file.path());
      String before = SettingsText.read(file.backup());
      out().println(file.path() + ":");
      out().print(Difference.of(now, before, index));
      out().flush();
      file.undo(now, before);
    } catch (NotUnderstoodException e) {
      throw new RefusedException(e.getMessage() + ": bring it back by hand.", e);
    }
    out().println("Brought back. What was there meanwhile: " + file.replaced());
    return 0;
  }

  private void warn(ClientSettings settings) {
    List<Finding> others = settings.others();
    if (others.isEmpty()) {
      out().println("No other index is set for " + client + ".");
      return;
    }
    out().println();
    out().println("Other indexes, which an attacker may answer for:");
    for (Finding finding : others) {
      out().println("  " + finding.sentence());
    }
    if (others.stream().anyMatch(finding -> finding.weight() == Weight.WINS)) {
      out()
          .println(
              "As long as one of them is taken instead, " + client + " does not ask Wellhead.");
    }
  }

  private ClientSettings settings(IndexUrl index) {
    Scope scope = project ? Scope.PROJECT : Scope.USER;
    return switch (client) {
      case pip -> new PipSettings(machine, index);
      case uv -> new UvSettings(machine, index, scope);
      case poetry -> new PoetrySettings(machine, index);
      case pdm -> new PdmSettings(machine, index, scope);
      case hatch -> new HatchSettings(machine, index);
    };
  }

  private IndexUrl index() throws RefusedException {
    String variable = machine.variable("WELLHEAD_URL");
    String url = server == null ? variable : server;
    String chosen = view == null ? "" : view;
    if (!url.isEmpty() && !chosen.isEmpty()) {
      return IndexUrl.of(url, chosen);
    }
    JsonNode project = project();
    if (url.isEmpty()) {
      url = project.path("server").asString(HERE);
    }
    return IndexUrl.of(url, chosen.isEmpty() ? project.path("view").asString("") : chosen);
  }

  private JsonNode project() throws RefusedException {
    Path file = machine.folder().resolve("pyproject.toml");
    try {
      return TomlText.parse(SettingsText.read(file)).at(List.of("tool", "wellhead"));
    } catch (NotUnderstoodException e) {
      if (server != null) {
        return MissingNode.getInstance();
      }
      throw new RefusedException(
          file + " cannot be asked for the server: " + e.getMessage() + ". Give --server.", e);
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli did not hand over the verb's own description");
    }
    return spec.commandLine().getOut();
  }
}
