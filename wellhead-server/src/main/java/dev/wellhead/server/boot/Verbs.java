package dev.wellhead.server.boot;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/// The verbs of the server's machine, for picocli.
@Command(
    name = "wellhead",
    description = "The verbs of the server's machine.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class,
    subcommands = {
      ServeVerb.class,
      DataVerbs.Gc.class,
      DataVerbs.Evict.class,
      DataVerbs.Prune.class,
      DataVerbs.Fsck.class,
      ImportVerb.class,
      BackupVerb.class,
      RestoreVerb.class,
      MigrateVerb.class,
      ReserveVerbs.Reserve.class,
      ReserveVerbs.Unreserve.class,
      ReserveVerbs.ListReserved.class,
      BlockVerbs.Block.class,
      BlockVerbs.Unblock.class,
      BlockVerbs.ListBlocked.class,
      PolicyGroup.class,
      InitVerb.class,
      FeedGroup.class,
      AdminGroup.class,
      AlarmGroup.class,
      TrainVerb.class,
      VersionVerb.class,
      HelpCommand.class
    })
final class Verbs {
  private Verbs() {}

  /// The command line, with errors as sentences.
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine line = new CommandLine(new Verbs(), new Factory(environment));
    line.setUsageHelpAutoWidth(true);
    line.setExpandAtFiles(false); // a file may be called @six
    line.setParameterExceptionHandler((e, _) -> misuse(e));
    line.setExecutionExceptionHandler((e, verb, _) -> Faults.tell(e, verb.getErr()));
    return line;
  }

  private static int misuse(ParameterException e) {
    CommandLine verb = e.getCommandLine();
    PrintWriter err = verb.getErr();
    err.println(e.getMessage());
    err.println("See: ./" + verb.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return Faults.MISUSE;
  }

  /// Hands the environment to the verb that reads settings.
  private record Factory(Map<String, String> environment) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ServeVerb.class) {
        return type.cast(new ServeVerb(environment));
      }
      K verb = CommandLine.defaultFactory().create(type);
      switch (verb) {
        case AdminVerb admin -> admin.startedWith(environment);
        case RestoreVerb restore -> restore.startedWith(environment);
        case MigrateVerb migrate -> migrate.startedWith(environment);
        default -> {}
      }
      return verb;
    }
  }
}
