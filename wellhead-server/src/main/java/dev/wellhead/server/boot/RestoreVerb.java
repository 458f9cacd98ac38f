package dev.wellhead.server.boot;

import dev.wellhead.server.backup.BackupRefusedException;
import dev.wellhead.server.backup.Manifest;
import dev.wellhead.server.backup.Restore;
import dev.wellhead.server.backup.Source;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wellhead restore`: makes a data folder of a backup.
///
/// The folder is marked as unfinished until everything is there, and nobody takes one that is.
@Command(
    name = "restore",
    description = "Makes a data folder of a backup.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class RestoreVerb implements Callable<Integer> {
  @Parameters(paramLabel = "DIR|FILE.tar", description = "The backup.")
  private Path from = Path.of("");

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
    TerminalConsole console =
        new TerminalConsole(spec.commandLine().getOut(), spec.commandLine().getErr(), directory);
    try (Restore restore =
        Restore.open(directory.resolve(from).normalize(), BackupVerb.watch(console))) {
      Path target = settings().data();
      LogLines.use(settings().log());
      try (DataFolder folder = DataFolder.fresh(target)) {
        restore(restore, folder, console);
      }
      return 0;
    } catch (BackupRefusedException | DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException("The database does not take the rows: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new RefusedException("The restore failed: " + BackupVerb.told(e), e);
    } finally {
      console.end();
    }
  }

  private void restore(Restore restore, DataFolder folder, AdminConsole console)
      throws RefusedException,
          BackupRefusedException,
          DatabaseFault,
          DatabaseRefusedException,
          IOException {
    Ground.prepare(folder);
    Path settingsFile = folder.path().resolve("wellhead.toml");
    Optional<byte[]> kept =
        options.isConfigured() || Files.exists(settingsFile)
            ? Optional.empty()
            : restore.settings();
    boolean whole = false;
    try {
      if (kept.isPresent()) {
        Files.write(settingsFile, kept.get());
      }
      Wiring wiring = new Wiring(settings(), folder);
      List<Source> targets = wiring.stored();
      restore.requireKnown(targets);
      restore.blobs(new Blobs(wiring.blobs()));
      for (Source one : targets.reversed()) { // the catalog last: with it everything is there
        restore.rows(one, folder.temporary());
      }
      folder.finish();
      whole = true;
    } finally {
      if (!whole) { // and marked as it is, for the next try
        folder.empty();
        if (kept.isPresent()) {
          Files.deleteIfExists(settingsFile);
        }
      }
    }
    Manifest manifest = restore.manifest();
    console.out(
        "%s: as it was at %s, with %d files%s. Start the server, or look with wellhead fsck first."
            .formatted(
                folder.path(),
                manifest.madeAt(),
                manifest.blobs(),
                manifest.content() == Manifest.Content.WITHOUT_CACHE
                    ? ", without what upstreams can bring again"
                    : ""));
  }

  private Settings settings() throws RefusedException {
    return SettingsLoader.load(options.flags(), environment, Path.of("").toAbsolutePath());
  }
}
