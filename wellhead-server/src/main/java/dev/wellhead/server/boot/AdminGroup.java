package dev.wellhead.server.boot;

import dev.wellhead.server.web.AdminDoor;
import dev.wellhead.server.web.AdminSessions;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `wellhead admin`: who may use the administrator's pages.
@Command(
    name = "admin",
    description = "Lets somebody into the administrator's pages.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class,
    subcommands = AdminGroup.LinkVerb.class)
final class AdminGroup implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: wellhead admin link.");
  }

  /// `wellhead admin link`.
  @Command(
      name = "link",
      description = "Prints a link to the administrator's pages, good once, for 15 minutes.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class LinkVerb extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException {
      AdminRooms.Running running = rooms.running();
      if (running == null) {
        throw new RefusedException(
            "No server runs on the data folder %s: start it, and call this again. A link is good for the server that made it."
                .formatted(rooms.folder().path()));
      }
      AdminSessions.Invitation invitation = running.sessions().invite();
      URI link = AdminDoor.link(running.publicUrl().get(), invitation.secret());
      console.out(link.toString());
      console.err(
          "Good once, until %s. Whoever has it is the administrator: do not send it on."
              .formatted(invitation.until().truncatedTo(ChronoUnit.SECONDS)));
      return 0;
    }
  }
}
