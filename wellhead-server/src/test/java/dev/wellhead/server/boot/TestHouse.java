package dev.wellhead.server.boot;

import dev.wellhead.server.db.Seam;
import dev.wellhead.server.http.Route;
import dev.wellhead.testkit.FakeIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/// A whole server within the test's own process, in front of a [FakeIndex], on a free port.
public final class TestHouse implements AutoCloseable {
  private final DataFolder folder;
  private final House house;

  private TestHouse(DataFolder folder, House house) {
    this.folder = folder;
    this.house = house;
  }

  /// What a test chooses.
  ///
  /// @param settings by dotted key, as the command line would give them
  public record Choices(
      InstantSource clock,
      Map<String, String> settings,
      Seam database,
      Seam fetches,
      UnaryOperator<Path> blobs) {
    public Choices {
      settings = Map.copyOf(settings);
    }

    /// The machine's clock, the usual settings, nothing in between.
    public static Choices usual() {
      return new Choices(
          InstantSource.system(), Map.of(), Seam.NONE, Seam.NONE, UnaryOperator.identity());
    }

    public Choices at(InstantSource chosen) {
      return new Choices(chosen, settings, database, fetches, blobs);
    }

    public Choices with(Map<String, String> chosen) {
      return new Choices(clock, chosen, database, fetches, blobs);
    }

    public Choices withDatabase(Seam chosen) {
      return new Choices(clock, settings, chosen, fetches, blobs);
    }

    public Choices withFetches(Seam chosen) {
      return new Choices(clock, settings, database, chosen, blobs);
    }

    public Choices withBlobs(UnaryOperator<Path> chosen) {
      return new Choices(clock, settings, database, fetches, chosen);
    }
  }

  /// Opens it over `data`, which is empty or that of an earlier one.
  public static TestHouse open(Path data, FakeIndex upstream, Choices choices) throws IOException {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("data", data.toString());
    flags.put("server.port", "0");
    flags.put("upstream.index", upstream.url().toString());
    flags.put("upstream.files", upstream.filesUrl().toString());
    flags.putAll(choices.settings());
    DataFolder folder = null;
    try {
      Settings settings = SettingsLoader.load(flags, Map.of(), Path.of("").toAbsolutePath());
      folder = DataFolder.own(settings.data());
      House house =
          House.open(
              settings,
              folder,
              Entropy.real().at(choices.clock()),
              new Seams(choices.database(), choices.fetches(), choices.blobs()));
      return new TestHouse(folder, house);
    } catch (RefusedException e) {
      if (folder != null) {
        folder.close();
      }
      throw new IOException(e);
    }
  }

  /// Where it listens, with a slash at the end.
  public URI url() {
    return house.url();
  }

  /// Every route that it has.
  List<Route> routes() {
    return house.routes();
  }

  @Override
  public void close() throws IOException {
    house.close();
    folder.close();
  }

  /// What a verb of the server's machine printed, and its exit code.
  public record Said(int exitCode, String out, String err) {}

  /// Runs a verb as its command line would.
  public static Said verb(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Verbs.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments);
    return new Said(exitCode, out.toString(), err.toString());
  }
}
