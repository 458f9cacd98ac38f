package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.release.ImportMode;
import dev.wellhead.server.upstream.Credentials;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `wellhead import`: takes the files of a folder or of another index in, as hosted ones.
@Command(
    name = "import",
    description = "Takes in wheels and source distributions, from a folder or another index.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class ImportVerb extends AdminVerb {
  /// Read for `--user` where no file is named.
  static final String PASSWORD = "WELLHEAD_IMPORT_PASSWORD";

  private static final String HANDED_ON = "--password";

  @Parameters(
      index = "0",
      paramLabel = "FOLDER|URL",
      description = "A folder, or an index's Simple API such as https://pypi.example.com/simple/.")
  private String from = "";

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "Of an index only this project; may be given again (default: all).")
  private List<String> projects = List.of();

  @Option(
      names = "--files",
      paramLabel = "URL",
      description = "Where the index's files lie, if on another host; may be given again.")
  private List<URI> files = List.of();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Sign in at the index; the password is asked for, or is in " + PASSWORD + ".")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file with the password for --user, on its first line.")
  private @Nullable Path passwordFile;

  // From this program in a terminal to the server that it runs in, never from a person: others see
  // the command lines of processes.
  @Option(names = HANDED_ON, hidden = true)
  private @Nullable String password;

  @Option(names = "--dry-run", description = "Only says what would be imported.")
  private boolean dryRun;

  @Override
  Work work() {
    return dryRun ? Work.LOOKS : Work.CHANGES;
  }

  @Override
  List<String> asked(Map<String, String> environment, Path directory) throws RefusedException {
    if (password != null) {
      throw new MisuseException(
          "A password on the command line can be seen by everybody: put it into "
              + PASSWORD
              + ", or name a --password-file.");
    }
    if (user == null) {
      return List.of();
    }
    password = passwordFile == null ? told(environment) : read(directory.resolve(passwordFile));
    return List.of(HANDED_ON + "=" + password);
  }

  @Override
  int run(AdminRooms rooms, AdminConsole console)
      throws RefusedException, DatabaseFault, IOException {
    if (rooms.running() == null) {
      rooms.blobs().sweepIncoming(); // what a kill left behind; nobody else works in the folder
    }
    return new ImportWork(rooms, console)
        .run(
            new ImportWork.Order(
                from,
                projects,
                files,
                user == null || password == null ? null : new Credentials.Basic(user, password),
                dryRun ? ImportMode.DRY_RUN : ImportMode.IMPORT));
  }

  private String told(Map<String, String> environment) throws RefusedException {
    String set = environment.get(PASSWORD);
    if (set != null) {
      return set;
    }
    Console terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    char[] typed = terminal == null ? null : terminal.readPassword("Password of %s: ", user);
    if (typed == null) {
      throw new MisuseException(
          "--user needs a password: put it into " + PASSWORD + ", or name a --password-file.");
    }
    return new String(typed);
  }

  private static String read(Path file) throws RefusedException {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new RefusedException(
          "The file of --password-file cannot be read: " + e.getMessage(), e);
    }
  }
}
