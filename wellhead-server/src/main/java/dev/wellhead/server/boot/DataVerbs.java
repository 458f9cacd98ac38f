package dev.wellhead.server.boot;

import dev.wellhead.server.catalog.Housekeeping;
import dev.wellhead.server.db.DatabaseFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The verbs that look after a data folder.
final class DataVerbs {
  private DataVerbs() {}

  /// `wellhead gc`.
  @Command(
      name = "gc",
      description = "Removes kept bytes that nothing has named for a day.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Gc extends AdminVerb {
    @Option(names = "--dry-run", description = "Only says what would be removed.")
    private boolean dryRun;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      Housekeeping.Mode mode = dryRun ? Housekeeping.Mode.DRY_RUN : Housekeeping.Mode.REMOVE;
      Housekeeping.Collected collected =
          new Housekeeping(rooms.database(), rooms.blobs(), pace(console))
              .collect(mode, rooms.entropy().clock().instant());
      collected.unnamed().forEach(blob -> console.out(blob.hex()));
      console.out(
          "%s %d blobs of %d bytes that nothing names; %d stay."
              .formatted(
                  dryRun ? "Would remove" : "Removed",
                  collected.unnamed().size(),
                  collected.bytes(),
                  collected.kept()));
      console.stopIfCancelled();
      return 0;
    }
  }

  /// `wellhead fsck`.
  @Command(
      name = "fsck",
      description = "Reads every kept byte again, compares hashes and follows every reference.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Fsck extends AdminVerb {
    @Override
    Work work() {
      return Work.LOOKS;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      Housekeeping.Checked checked =
          new Housekeeping(rooms.database(), rooms.blobs(), pace(console)).check();
      List<String> problems = new ArrayList<>(checked.problems());
      for (String leaf : rooms.ledger().broken()) {
        problems.add(
            "ledger leaf " + leaf + " does not fit its hash: its table was changed by hand");
      }
      problems.forEach(problem -> console.out("PROBLEM " + problem));
      console.stopIfCancelled();
      console.out(
          "Checked %d blobs of %d bytes (%d of them named by nothing): %s"
              .formatted(
                  checked.blobs(),
                  checked.bytes(),
                  checked.unnamed(),
                  problems.isEmpty() ? "all is well." : problems.size() + " problems."));
      return problems.isEmpty() ? 0 : 1;
    }
  }

  private static Housekeeping.Pace pace(AdminConsole console) {
    return (blobs, bytes) -> {
      console.progress(
          String.format(Locale.ROOT, "%,d blobs, %,d MB", blobs, bytes / (1024 * 1024)));
      return !console.cancelled();
    };
  }
}
