package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A verb that works on a data folder, whether a server runs on it or not.
///
/// Where one runs, the verb runs inside of it: the command line goes through the folder's socket,
/// and what the verb says comes back. Else this process takes the folder, opens the rooms and runs
/// the verb itself. A verb is written once, as [#run], and cannot tell where it runs unless it asks
/// [AdminRooms#running]. Verbs have a constructor without parameters.
abstract class AdminVerb implements Callable<Integer> {
  @Mixin private final DataOptions options = new DataOptions();

  @Spec private @Nullable CommandSpec spec;

  private Map<String, String> environment = Map.of();

  /// Whether it may run beside others of its kind.
  enum Work {
    /// Changes nothing: several may run at once.
    LOOKS,
    /// Changes something, or must not be changed under its hands: one at a time.
    CHANGES
  }

  abstract Work work();

  /// Does the work, says what came of it, and answers the exit code: 0 where all is well.
  ///
  /// Runs on a platform thread of its own. Paths on the command line are to be taken through
  /// [AdminConsole#directory]; long work asks [AdminConsole#stopIfCancelled] now and then.
  ///
  /// @throws RefusedException where it is not done: a sentence for whoever called it
  abstract int run(AdminRooms rooms, AdminConsole console)
      throws RefusedException, DatabaseFault, IOException;

  /// What only this process can know, as further arguments: a password out of its environment, or
  /// typed at its terminal. They go through the folder's socket and are seen nowhere else. A verb
  /// that overrides this notes the same for itself, should it run here.
  ///
  /// @throws RefusedException where that is missing
  List<String> asked(Map<String, String> environment, Path directory) throws RefusedException {
    return List.of();
  }

  /// Hands in what the program was started with.
  final void startedWith(Map<String, String> given) {
    environment = Map.copyOf(given);
  }

  @Override
  public final Integer call() throws RefusedException, IOException {
    if (spec == null) {
      throw new IllegalStateException("a verb is called by its command line");
    }
    CommandLine line = spec.commandLine();
    List<String> arguments =
        new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
    Path directory = Path.of("").toAbsolutePath();
    Settings settings = SettingsLoader.load(options.flags(), environment, directory);
    LogLines.use(settings.log());
    arguments.addAll(asked(environment, directory));
    TerminalConsole console = new TerminalConsole(line.getOut(), line.getErr(), directory);
    return new AdminCall(settings, arguments, console).make(this);
  }
}
