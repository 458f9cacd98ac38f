package dev.wellhead.server.boot;

import dev.wellhead.server.catalog.Housekeeping;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.index.CacheBudget;
import dev.wellhead.server.index.Eviction;
import dev.wellhead.server.release.BuildRetention;
import dev.wellhead.server.release.RetentionRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
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

  /// `wellhead evict`. Apart from `gc`, which never removes anything that somebody may ask for.
  @Command(
      name = "evict",
      description = {
        "Removes the files of other indexes that were not fetched for longest, down to the budget.",
        "A server does so by itself; this tells what would go, or makes room at once."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Evict extends AdminVerb {
    @Option(names = "--dry-run", description = "Only says what would be removed.")
    private boolean dryRun;

    @Option(
        names = "--budget",
        paramLabel = "SIZE",
        description = "Another budget than that of the settings (cache.budget), such as 50GiB.")
    private @Nullable String budget;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      long most = budget(rooms.settings()).bytes();
      Eviction.Mode mode = dryRun ? Eviction.Mode.DRY_RUN : Eviction.Mode.REMOVE;
      Eviction eviction =
          new Eviction(rooms.database(), rooms.blobs(), rooms.fetches(), rooms.entropy().clock());
      try {
        Eviction.Run run = eviction.run(most, CacheBudget.low(most), mode, pace(console)::goOn);
        AdminRooms.Running running = rooms.running();
        if (running != null && !dryRun) {
          running.budget().note(run);
        }
        run.evicted().forEach(blob -> console.out(blob.hex()));
        console.out(
            "%s %d files of %d bytes; the files of other indexes take %d bytes then, of %d."
                .formatted(
                    dryRun ? "Would remove" : "Removed",
                    run.evicted().size(),
                    run.bytes(),
                    run.left(),
                    most));
        if (run.isWhole() && run.left() > most) {
          console.out(
              "More cannot go at once: what is left came in or was fetched within %d minutes, is in quarantine, is listed nowhere any more, or is too much for one run."
                  .formatted(CacheBudget.UNTOUCHED.toMinutes()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RefusedException("Stopped before the end.", e);
      }
      console.stopIfCancelled();
      return 0;
    }

    private ByteSize budget(Settings settings) throws RefusedException {
      if (budget != null) {
        return ByteSize.parse(budget)
            .orElseThrow(() ->
                new RefusedException(
                    "--budget must be a size such as 50GiB or 500MB; it is "
                        + AdminConsole.plain(String.valueOf(budget))
                        + "."));
      }
      ByteSize set = settings.cache().budget();
      if (set == null) {
        throw new RefusedException(
            "There is no budget: write budget = \"50GiB\" below [cache] in wellhead.toml, or say"
                + " --budget 50GiB.");
      }
      return set;
    }
  }

  /// `wellhead prune`.
  @Command(
      name = "prune",
      description = {
        "Removes development builds of hosted projects that have had their time by the settings'"
            + " retention rules.",
        "A server does so by itself; this tells what would go, or does it at once."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Prune extends AdminVerb {
    @Option(names = "--dry-run", description = "Only says what would be removed.")
    private boolean dryRun;

    @Override
    Work work() {
      return Work.CHANGES;
    }

    @Override
    int run(AdminRooms rooms, AdminConsole console)
        throws RefusedException, DatabaseFault, IOException {
      List<RetentionRule> rules = rooms.wiring().retentionRules();
      if (rules.isEmpty()) {
        throw new RefusedException(
            "There is no retention rule: write [retention.\"acme-*\"] with keep = 20 or days = 30"
                + " into wellhead.toml.");
      }
      BuildRetention.Mode mode = dryRun ? BuildRetention.Mode.DRY_RUN : BuildRetention.Mode.REMOVE;
      List<BuildRetention.Outdated> outdated =
          new BuildRetention(rooms.database(), rooms.blobs(), rooms.entropy().clock(), rules)
              .run(mode, () -> !console.cancelled());
      outdated.forEach(file -> console.out("%s (%s)".formatted(file.filename(), file.rule())));
      console.out(
          "%s %d files of %d bytes."
              .formatted(
                  dryRun ? "Would remove" : "Removed",
                  outdated.size(),
                  outdated.stream().mapToLong(BuildRetention.Outdated::size).sum()));
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
