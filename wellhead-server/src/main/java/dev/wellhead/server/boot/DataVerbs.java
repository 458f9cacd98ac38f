package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.catalog.Housekeeping;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.ledger.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The verbs that look after a data folder while no server runs on it.
abstract sealed class DataVerbs implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: ./wellhead-data).")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings file (default: DIR/wellhead.toml where there is one).")
  private @Nullable String config;

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, String> environment;

  DataVerbs(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Does the work and prints what came of it; 0 where all is well.
  abstract int run(Housekeeping housekeeping, Ledger ledger, PrintWriter out)
      throws DatabaseFault, IOException;

  @Override
  public Integer call() throws RefusedException, IOException {
    Map<String, String> flags = new LinkedHashMap<>();
    if (data != null) {
      flags.put("data", data);
    }
    if (config != null) {
      flags.put("config", config);
    }
    Settings settings = SettingsLoader.load(flags, environment, Path.of("").toAbsolutePath());
    LogLines.use(settings.log());
    try (DataFolder folder = DataFolder.ownExisting(settings.data())) {
      Ground.prepare(folder);
      Wiring wiring = new Wiring(settings, folder);
      try (Database database = Database.open(wiring.database(), Wiring.HOUSE)) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        int code =
            run(new Housekeeping(database, new Blobs(wiring.blobs())), new Ledger(database), out);
        out.flush();
        return code;
      }
    } catch (DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException("The database does not answer: " + e.getMessage(), e);
    }
  }

  /// `wellhead gc`.
  @Command(
      name = "gc",
      description = "Removes kept bytes that nothing has named for a day.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Gc extends DataVerbs {
    @Option(names = "--dry-run", description = "Only says what would be removed.")
    private boolean dryRun;

    Gc(Map<String, String> environment) {
      super(environment);
    }

    @Override
    int run(Housekeeping housekeeping, Ledger ledger, PrintWriter out)
        throws DatabaseFault, IOException {
      Housekeeping.Mode mode = dryRun ? Housekeeping.Mode.DRY_RUN : Housekeeping.Mode.REMOVE;
      Housekeeping.Collected collected =
          housekeeping.collect(mode, Entropy.real().clock().instant());
      collected.unnamed().forEach(blob -> out.println(blob.hex()));
      out.printf(
          "%s %d blobs of %d bytes that nothing names; %d stay.%n",
          dryRun ? "Would remove" : "Removed",
          collected.unnamed().size(),
          collected.bytes(),
          collected.kept());
      return 0;
    }
  }

  /// `wellhead fsck`.
  @Command(
      name = "fsck",
      description = "Reads every kept byte again, compares hashes and follows every reference.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionVerb.Provider.class)
  static final class Fsck extends DataVerbs {
    Fsck(Map<String, String> environment) {
      super(environment);
    }

    @Override
    int run(Housekeeping housekeeping, Ledger ledger, PrintWriter out)
        throws DatabaseFault, IOException {
      Housekeeping.Checked checked = housekeeping.check();
      List<String> problems = new ArrayList<>(checked.problems());
      for (String leaf : ledger.broken()) {
        problems.add(
            "ledger leaf " + leaf + " does not fit its hash: its table was changed by hand");
      }
      problems.forEach(problem -> out.println("PROBLEM " + problem));
      out.printf(
          "Checked %d blobs of %d bytes (%d of them named by nothing): %s%n",
          checked.blobs(),
          checked.bytes(),
          checked.unnamed(),
          problems.isEmpty() ? "all is well." : problems.size() + " problems.");
      return problems.isEmpty() ? 0 : 1;
    }
  }
}
