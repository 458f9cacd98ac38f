package dev.wellhead.server.boot;

import dev.wellhead.server.backup.Source;
import dev.wellhead.server.db.Blueprint;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Durability;
import dev.wellhead.server.db.Load;
import dev.wellhead.server.db.RowsDigest;
import dev.wellhead.server.db.Snapshot;
import dev.wellhead.server.db.Table;
import dev.wellhead.server.fetches.Fetches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wellhead migrate`: moves the rows of a data folder from SQLite to PostgreSQL.
///
/// The files of SQLite are only read. Each database is filled by one transaction, and commits when
/// what it gives back is what SQLite gave.
@Command(
    name = "migrate",
    description = "Moves a data folder from SQLite to PostgreSQL.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class MigrateVerb implements Callable<Integer> {
  @Option(
      names = "--to-postgres",
      paramLabel = "URL",
      required = true,
      description = "An empty database, such as jdbc:postgresql://db.example.com/wellhead.")
  private String url = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The database user (default: storage.postgres.user of the settings).")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file with the user's password (default: storage.postgres.password of the settings).")
  private @Nullable Path passwordFile;

  @Mixin private final DataOptions options = new DataOptions();

  @Spec private @Nullable CommandSpec spec;

  private Map<String, String> environment = Map.of();

  void startedWith(Map<String, String> given) {
    environment = Map.copyOf(given);
  }

  @Override
  public Integer call() throws RefusedException, IOException {
    if (spec == null) {
      throw new IllegalStateException("a verb is called by its command line");
    }
    Path directory = Path.of("").toAbsolutePath();
    Settings settings = SettingsLoader.load(options.flags(), environment, directory);
    LogLines.use(settings.log());
    TerminalConsole console =
        new TerminalConsole(spec.commandLine().getOut(), spec.commandLine().getErr(), directory);
    try (DataFolder folder =
        DataFolder.ownExisting(
            settings.data(),
            "stop that one first, since what it writes meanwhile would be lost.")) {
      Ground.prepare(folder);
      move(sources(folder), target(settings), folder, console);
      tellWhatNext(settings, console);
      return 0;
    } catch (DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException(
          "The rows could not be moved, and the new database was left empty: " + e.getMessage(), e);
    } finally {
      console.end();
    }
  }

  private static void move(
      List<Source> sources,
      DatabaseSettings.Postgres target,
      DataFolder folder,
      AdminConsole console)
      throws DatabaseFault, DatabaseRefusedException, RefusedException {
    Deque<Load> loads = new ArrayDeque<>();
    try {
      for (Source source : sources) {
        Database.open(source.settings(), source.migrations()).close(); // to the present schema
        loads.push(moved(source, target, folder, console));
      }
      for (Load load : loads) { // the catalog last: with it everything is there
        load.commit();
      }
    } finally {
      loads.forEach(Load::close);
    }
  }

  private static Load moved(
      Source source, DatabaseSettings.Postgres target, DataFolder folder, AdminConsole console)
      throws DatabaseFault, DatabaseRefusedException, RefusedException {
    Blueprint blueprint =
        Blueprint.of(
            source.migrations(), Blueprint.latest(source.migrations()), folder.temporary());
    Load load = Load.into(target, source.migrations(), blueprint);
    boolean whole = false;
    try (Snapshot snapshot = Snapshot.open(source.settings())) {
      for (Table table : blueprint.tables()) {
        console.progress("rows of " + table.name());
        RowsDigest.Sum sum = new RowsDigest.Sum();
        RowsDigest there =
            load.<DatabaseFault>fill(
                table,
                sink ->
                    snapshot.rows(
                        table,
                        row -> {
                          sum.add(row);
                          sink.take(row);
                        }));
        if (!there.equals(sum.digest())) {
          throw new RefusedException(
              "PostgreSQL holds other rows of %s than SQLite gave: nothing was committed."
                  .formatted(table.name()));
        }
        console.out("%s: %d rows".formatted(table.name(), there.rows()));
      }
      whole = true;
      return load;
    } finally {
      if (!whole) {
        load.close();
      }
    }
  }

  /// The files of SQLite, whatever database the settings name by now.
  private static List<Source> sources(DataFolder folder) throws RefusedException {
    Path house = folder.path().resolve("wellhead.db");
    if (!Files.isRegularFile(house)) {
      throw new RefusedException(
          "There is no %s: this data folder has nothing to move.".formatted(house));
    }
    return List.of(
        new Source("house", new DatabaseSettings.Sqlite(house, Durability.FULL), Wiring.HOUSE),
        new Source(
            "fetches",
            new DatabaseSettings.Sqlite(folder.path().resolve("fetches.db"), Durability.NORMAL),
            Fetches.MIGRATIONS));
  }

  private DatabaseSettings.Postgres target(Settings settings) throws IOException {
    Settings.Postgres set = settings.storage().postgres();
    String name = user != null ? user : set.user() == null ? "" : set.user();
    String password = set.password() == null ? "" : set.password().reveal();
    return new DatabaseSettings.Postgres(
        url, name, passwordFile == null ? password : Files.readString(passwordFile).strip());
  }

  private void tellWhatNext(Settings settings, AdminConsole console) {
    String name = user != null ? user : String.valueOf(settings.storage().postgres().user());
    console.out("All rows are in PostgreSQL, and are the same there. Put this into wellhead.toml:");
    console.out("");
    console.out("[storage]");
    console.out("database = \"postgres\"");
    console.out("");
    console.out("[storage.postgres]");
    console.out("url = \"" + url + "\"");
    console.out("user = \"" + name + "\"");
    console.out(
        "password_file = \""
            + (passwordFile == null ? "/a/file/with/the/password" : passwordFile.toAbsolutePath())
            + "\"");
    console.out("");
    console.out(
        "and start the server. wellhead.db and fetches.db are as they were; remove them when all is well.");
  }
}
