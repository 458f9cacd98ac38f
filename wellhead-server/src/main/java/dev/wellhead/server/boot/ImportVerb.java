package dev.wellhead.server.boot;

import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.release.ImportMode;
import dev.wellhead.server.upstream.Credentials;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wellhead import`: takes the files of a folder or of another index in, as hosted ones.
@Command(
    name = "import",
    description = "Takes in wheels and source distributions, from a folder or another index.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionVerb.Provider.class)
final class ImportVerb implements Callable<Integer> {
  /// Read for `--user` where no file is named.
  static final String PASSWORD = "WELLHEAD_IMPORT_PASSWORD";

  private static final long EVERY_AT_A_TERMINAL = 200_000_000;
  private static final long EVERY_ELSE = 10_000_000_000L;

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

  @Option(names = "--dry-run", description = "Only says what would be imported.")
  private boolean dryRun;

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

  ImportVerb(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws RefusedException, IOException {
    if (spec == null) {
      throw new IllegalStateException("a verb is called by its command line");
    }
    Map<String, String> flags = new LinkedHashMap<>();
    if (data != null) {
      flags.put("data", data);
    }
    if (config != null) {
      flags.put("config", config);
    }
    Path directory = Path.of("").toAbsolutePath();
    Settings settings = SettingsLoader.load(flags, environment, directory);
    LogLines.use(settings.log());
    Console terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
    boolean atTerminal = terminal != null;
    ImportWork.Order order =
        new ImportWork.Order(
            from,
            projects,
            files,
            credentials(directory, terminal),
            dryRun ? ImportMode.DRY_RUN : ImportMode.IMPORT,
            atTerminal ? EVERY_AT_A_TERMINAL : EVERY_ELSE);
    try (DataFolder folder = DataFolder.own(settings.data())) {
      Ground.prepare(folder);
      Wiring wiring = new Wiring(settings, folder);
      Blobs blobs = new Blobs(wiring.blobs());
      blobs.sweepIncoming();
      try (Database database = Database.open(wiring.database(), Wiring.HOUSE);
          Lines lines =
              new Lines(
                  spec.commandLine().getOut(),
                  spec.commandLine().getErr(),
                  directory,
                  atTerminal)) {
        return new ImportWork(
                new ImportWork.Rooms(database, blobs, wiring, Entropy.real(), folder.temporary()),
                lines)
            .run(order);
      }
    } catch (DatabaseRefusedException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (DatabaseFault e) {
      throw new RefusedException(
          "The database does not answer: " + e.getMessage() + ". " + AGAIN, e);
    } catch (IOException e) {
      throw new RefusedException(e.getMessage() + ". " + AGAIN, e);
    }
  }

  private static final String AGAIN =
      "What was imported so far is whole; run the same command again to go on.";

  private @Nullable Credentials credentials(Path directory, @Nullable Console terminal)
      throws RefusedException {
    if (user == null) {
      return null;
    }
    if (passwordFile != null) {
      try {
        String text = Files.readString(directory.resolve(passwordFile));
        return new Credentials.Basic(user, text.lines().findFirst().orElse(""));
      } catch (IOException e) {
        throw new RefusedException(
            "The file of --password-file cannot be read: " + e.getMessage(), e);
      }
    }
    String password = environment.get(PASSWORD);
    if (password == null && terminal != null) {
      char[] typed = terminal.readPassword("Password of %s: ", user);
      password = typed == null ? null : new String(typed);
    }
    if (password == null) {
      throw new MisuseException(
          "--user needs a password: put it into " + PASSWORD + ", or name a --password-file.");
    }
    return new Credentials.Basic(user, password);
  }

  /// Lines on a terminal, where the newest line about progress takes the place of the one before,
  /// or in a file, where each stays.
  private static final class Lines implements ImportWork.Output, AutoCloseable {
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Path directory;
    private final boolean atTerminal;
    private boolean shown;

    Lines(PrintWriter out, PrintWriter err, Path directory, boolean atTerminal) {
      this.out = out;
      this.err = err;
      this.directory = directory;
      this.atTerminal = atTerminal;
    }

    @Override
    public void out(String line) {
      erase();
      out.println(plain(line));
      out.flush();
    }

    @Override
    public void err(String line) {
      erase();
      err.println(plain(line));
      err.flush();
    }

    @Override
    public void progress(String line) {
      erase();
      if (atTerminal) {
        err.print(plain(line));
        shown = true;
      } else {
        err.println(plain(line));
      }
      err.flush();
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public Path directory() {
      return directory;
    }

    @Override
    public void close() {
      erase();
      err.flush();
    }

    private void erase() {
      if (shown) {
        err.print(ERASE);
        shown = false;
      }
    }

    /// Names from outside must not steer a terminal.
    private static String plain(String line) {
      StringBuilder plain = new StringBuilder(line.length());
      line.codePoints()
          .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
          .forEach(plain::appendCodePoint);
      return plain.toString();
    }
  }
}
