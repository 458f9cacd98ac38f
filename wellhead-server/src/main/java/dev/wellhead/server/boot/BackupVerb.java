package dev.wellhead.server.boot;

import dev.wellhead.server.backup.Backup;
import dev.wellhead.server.backup.BackupRefusedException;
import dev.wellhead.server.backup.Manifest;
import dev.wellhead.server.backup.Watch;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `wellhead backup`.
@Command(
    name = "backup",
    description = "Copies everything that is kept into one folder or .tar, while the server runs.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class BackupVerb extends AdminVerb {
  @Parameters(
      paramLabel = "DIR|FILE.tar",
      description = "Where to: a folder that is not there yet, or a file that ends with .tar.")
  private String target = "";

  @Option(
      names = "--without-cache",
      description = "Leaves out the files that an upstream can bring again.")
  private boolean withoutCache;

  @Override
  Work work() {
    return Work.CHANGES; // nothing may be collected as garbage meanwhile
  }

  @Override
  int run(AdminRooms rooms, AdminConsole console)
      throws RefusedException, DatabaseFault, IOException {
    Path to = target(console);
    if (to.startsWith(rooms.folder().path())) {
      throw new RefusedException(
          "%s lies in the data folder: a backup belongs elsewhere, on another disk if there is one."
              .formatted(to));
    }
    Path settings = rooms.folder().path().resolve("wellhead.toml");
    Backup.Order order =
        new Backup.Order(
            withoutCache ? Manifest.Content.WITHOUT_CACHE : Manifest.Content.EVERYTHING,
            Versions.current(),
            rooms.entropy().clock().instant(),
            Files.isRegularFile(settings) ? settings : null);
    try {
      rooms.fetches().flush();
      Backup.Made made =
          new Backup(
                  rooms.wiring().stored(),
                  rooms.blobs(),
                  rooms.folder().temporary(),
                  watch(console))
              .make(to, order);
      made.problems().forEach(console::err);
      console.out(
          String.format(
              Locale.ROOT,
              "%s: %d rows, %d files of %d bytes%s.",
              to,
              made.rows(),
              made.blobs(),
              made.bytes(),
              withoutCache ? ", without what upstreams can bring again" : ""));
      return made.problems().isEmpty() ? 0 : Faults.REFUSED;
    } catch (BackupRefusedException | DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("Stopped before the end.", e);
    } catch (IOException e) {
      throw new RefusedException(
          "The backup could not be written: %s. Nothing of it is left.".formatted(told(e)), e);
    }
  }

  private Path target(AdminConsole console) throws RefusedException {
    try {
      return console.directory().resolve(target).normalize();
    } catch (InvalidPathException e) {
      throw new RefusedException("This is no name of a file: " + target, e);
    }
  }

  static Watch watch(AdminConsole console) {
    return where -> {
      console.progress(where);
      if (console.cancelled()) {
        throw new BackupRefusedException("Stopped before the end; nothing of it is left.");
      }
    };
  }

  static String told(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }
}
