package dev.wellhead.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `wellhead version`.
@Command(name = "version", description = "Prints the version.")
final class VersionVerb implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Wellhead " + Main.Versions.current());
      out.flush();
    }
  }
}
