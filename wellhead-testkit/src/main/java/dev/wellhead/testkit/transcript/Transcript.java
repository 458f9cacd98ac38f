package dev.wellhead.testkit.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// HTTP behaviour written down so that anybody can read it, and played so that it stays true.
///
/// The format is told in `journeys/README.md`. A transcript knows nothing of what answers it: the
/// clock, the upstream and the address come from a [Stage].
public final class Transcript {
  private final String file;
  private final String title;
  private final Map<String, String> settings;
  private final List<Step> steps;

  Transcript(String file, String title, Map<String, String> settings, List<Step> steps) {
    this.file = file;
    this.title = title;
    this.settings = settings;
    this.steps = steps;
  }

  /// Reads one transcript; mistakes in it are a [TranscriptFailure] with file and line.
  public static Transcript read(Path path) throws IOException {
    String name = path.getParent() == null ? path.toString() : shortName(path);
    return new TranscriptReader(name).read(Files.readAllLines(path, StandardCharsets.UTF_8));
  }

  /// All `*.txt` transcripts of a folder, by name.
  public static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  /// The first comment line: what the transcript shows.
  public String title() {
    return title;
  }

  /// The file's name with its folder.
  public String file() {
    return file;
  }

  /// How many requests it sends.
  public int requests() {
    return (int) steps.stream().filter(Step.Exchange.class::isInstance).count();
  }

  /// Opens a stage, plays all steps on it in order and closes it; stops at the first thing that
  /// does not come true.
  ///
  /// @throws TranscriptFailure with file, line and the whole exchange
  public void play(Stage.Opener opener) throws Exception {
    try (Stage stage = opener.open(settings)) {
      Player player = new Player(stage);
      for (Step step : steps) {
        player.play(step);
      }
    }
  }

  private static String shortName(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null || folder.getFileName() == null
        ? path.toString()
        : folder.getFileName() + "/" + path.getFileName();
  }
}
