package dev.wellhead.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wellhead.testkit.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plays every transcript under `journeys/`.
class JourneysTest {
  private static final Path JOURNEYS =
      Path.of(System.getProperty("house", "..")).resolve("journeys");

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> journeys() throws IOException {
    return transcripts().stream()
        .map(transcript ->
            DynamicTest.dynamicTest(
                transcript.file() + ": " + transcript.title(), () -> play(transcript)));
  }

  @Test
  void the_journeys_are_many() throws IOException {
    assertThat(transcripts().stream().mapToInt(Transcript::requests).sum()).isGreaterThan(200);
  }

  private void play(Transcript transcript) throws Exception {
    assumeTrue(RunningHouse.IS_BUILT, "skipped: there is no house yet that could answer");
    Path data = temp.resolve(transcript.file().replace('/', '-'));
    transcript.play(settings -> new HouseStage(data, settings));
  }

  private static List<Transcript> transcripts() throws IOException {
    List<Transcript> transcripts = new ArrayList<>();
    for (Path path : Transcript.in(JOURNEYS)) {
      transcripts.add(Transcript.read(path));
    }
    return transcripts;
  }
}
