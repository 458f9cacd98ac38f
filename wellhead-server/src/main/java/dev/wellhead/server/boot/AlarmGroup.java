package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Raised;
import dev.wellhead.server.notify.Raised.Standing;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wellhead alarm`: what people should know, and who knows it.
@Command(
    name = "alarm",
    description = "Lists alarms, and notes that somebody knows of one.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class,
    subcommands = {AlarmGroup.ListVerb.class, AlarmGroup.AcknowledgeVerb.class})
final class AlarmGroup implements Runnable {
  private static final int MOST_SHOWN = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: wellhead alarm list, or wellhead alarm ack ID.");
  }

  /// `wellhead alarm list`.
  @Command(
      name = "list",
      description = "Lists the alarms that are open, then those that somebody acknowledged.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class ListVerb extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws DatabaseFault {
      Alarms alarms = alarms(rooms);
      for (Standing standing : List.of(Standing.OPEN, Standing.ACKNOWLEDGED)) {
        List<Raised> listed = alarms.list(standing, 0, MOST_SHOWN);
        listed.forEach(each -> tell(each, console));
        long more = alarms.count(standing) - listed.size();
        if (more > 0) {
          console.out("… and %d more, on the page Alarms.".formatted(more));
        }
        if (standing == Standing.OPEN && listed.isEmpty()) {
          console.out("No alarm is open.");
        }
      }
      return 0;
    }

    private static void tell(Raised each, AdminConsole console) {
      Raised.Acknowledgement known = each.acknowledgement();
      console.out(
          "%d  %s  %s%s"
              .formatted(
                  each.id(),
                  each.alarm().severity().word(),
                  each.alarm().subject(),
                  known == null ? "" : "  (acknowledged by " + known.by() + ")"));
      console.out("   " + each.alarm().sentence());
      console.out(
          "   %s, %d times, last %s; for: %s"
              .formatted(
                  each.first().truncatedTo(ChronoUnit.SECONDS),
                  each.times(),
                  each.last().truncatedTo(ChronoUnit.SECONDS),
                  each.alarm().owner()));
    }
  }

  /// `wellhead alarm ack ID`.
  @Command(
      name = "ack",
      description = "Notes that somebody knows of an alarm and sees to it.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class AcknowledgeVerb extends AdminVerb {
    @Parameters(paramLabel = "ID", description = "As `wellhead alarm list` shows it.")
    private long id;

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who knows of it (default: whoever uses the server's machine).")
    private String by = "the server's machine";

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console) throws RefusedException, DatabaseFault {
      Raised now =
          alarms(rooms)
              .acknowledge(id, by)
              .orElseThrow(() ->
                  new RefusedException(
                      "There is no alarm " + id + ": `wellhead alarm list` shows them."));
      Raised.Acknowledgement known = now.acknowledgement();
      if (known == null) {
        throw new RefusedException(
            "The cause of alarm " + id + " is gone already; there is nothing to acknowledge.");
      }
      console.out(
          "Alarm %d is acknowledged by %s since %s: %s"
              .formatted(
                  id,
                  known.by(),
                  known.at().truncatedTo(ChronoUnit.SECONDS),
                  now.alarm().subject()));
      return 0;
    }
  }

  /// Those of the running server, so that its pages show the change at once.
  private static Alarms alarms(AdminRooms rooms) {
    AdminRooms.Running running = rooms.running();
    return running == null
        ? new Alarms(rooms.database(), rooms.entropy().clock())
        : running.alarms();
  }
}
