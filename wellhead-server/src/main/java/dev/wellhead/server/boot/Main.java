package dev.wellhead.server.boot;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The program on the server's machine. A plain `serve` starts here at once; every other verb, help
/// and wrong command lines are in `Verbs`.
public final class Main {
  private Main() {}

  /// Ends the process: 0 done, 1 refused or failed, 2 misused.
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    Optional<Map<String, String>> flags = ServeFlags.of(arguments);
    return flags.isPresent()
        ? serve(flags.get(), environment)
        : Verbs.commandLine(environment).execute(arguments.toArray(new String[0]));
  }

  // The edge of the program: whatever went wrong below becomes a sentence and an exit code.
  private static int serve(Map<String, String> flags, Map<String, String> environment) {
    try {
      Serving.run(
          flags,
          environment,
          new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
      return 0;
    } catch (Exception e) {
      return Faults.tell(
          e, new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)));
    }
  }
}
