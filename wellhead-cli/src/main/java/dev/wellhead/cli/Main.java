package dev.wellhead.cli;

import dev.wellhead.cli.config.ConfigVerb;
import dev.wellhead.cli.config.RefusedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The program that people run anywhere.
@Command(
    name = "wellhead",
    description = "The verbs that people run anywhere.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Versions.class,
    subcommands = {StatusVerb.class, ConfigVerb.class, VersionVerb.class, HelpCommand.class})
public final class Main {
  private static final int REFUSED = 1;
  private static final int MISUSE = 2;

  private Main() {}

  /// Ends the process: 0 done, 1 refused or failed, 2 misused.
  public static void main(String[] arguments) {
    System.exit(run(commandLine(System.getenv(), Path.of("/"), Path.of("")), arguments));
  }

  /// Runs a command line; a verb that there is not is misuse whatever stands behind it, even
  /// `--help`.
  static int run(CommandLine line, String... arguments) {
    if (arguments.length > 0
        && !arguments[0].startsWith("-")
        && !line.getSubcommands().containsKey(arguments[0])) {
      line.getErr().println("There is no such verb: " + clean(arguments[0]));
      line.getErr().println("See: ./wellhead help");
      line.getErr().flush();
      return MISUSE;
    }
    return line.execute(arguments);
  }

  /// Without what steers a terminal.
  static String clean(String text) {
    return text.replaceAll("\\p{C}", "?");
  }

  /// The verbs, with errors as sentences.
  ///
  /// @param root what `/etc` lies in
  /// @param folder where they are run
  public static CommandLine commandLine(Map<String, String> environment, Path root, Path folder) {
    CommandLine line = new CommandLine(new Main(), new Verbs(environment, root, folder));
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, _) -> misuse(e));
    line.setExecutionExceptionHandler((e, verb, _) -> fault(e, verb));
    return line;
  }

  private static int misuse(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(e.getMessage());
    err.println("See: ./wellhead help");
    err.flush();
    return MISUSE;
  }

  private static int fault(Exception e, CommandLine verb) {
    PrintWriter err = verb.getErr();
    err.println(
        e instanceof NoAnswerException || e instanceof RefusedException
            ? e.getMessage()
            : "Wellhead failed in a way nobody foresaw (" + e + ").");
    err.flush();
    return REFUSED;
  }

  /// Hands the environment to the verb that takes a setting from it.
  private record Verbs(Map<String, String> environment, Path root, Path folder)
      implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ConfigVerb.class) {
        return type.cast(new ConfigVerb(environment, root, folder));
      }
      return type == StatusVerb.class
          ? type.cast(new StatusVerb(environment.getOrDefault("WELLHEAD_URL", "")))
          : CommandLine.defaultFactory().create(type);
    }
  }

  /// The version of this build, from the jar's manifest.
  static final class Versions implements IVersionProvider {
    /// Such as `0.1.0`; `development` where the classes do not come from a jar.
    static String current() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"Wellhead " + current()};
    }
  }
}
