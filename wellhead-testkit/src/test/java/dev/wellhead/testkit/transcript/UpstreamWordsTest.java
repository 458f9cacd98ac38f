package dev.wellhead.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.FakeIndex;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Transcripts played on the fake index itself.
class UpstreamWordsTest {

  @Test
  void offers_files_with_all_that_is_said_about_them() throws Exception {
    play(
        """
        # Files.
        upstream six-1.0-py3-none-any.whl uploaded 2024-12-04T17:35:26Z size 5000 seed 3
        upstream six-1.1-py3-none-any.whl yanked "two <words>" requires-python ">=3"
        upstream six-1.1.tar.gz
        upstream status six archived
        GET /simple/six/
          status 200   files 3   json $.project-status.status "archived"
          file "six-1.0-py3-none-any.whl" uploaded "2024-12-04T17:35:26.000000Z" size 5000 not-yanked
          file "six-1.1-py3-none-any.whl" yanked "two <words>" requires-python ">=3"
        asked 1 /simple/six/
        upstream forgets six-1.1.tar.gz
        GET /simple/six/
          files 2   no-file "six-1.1.tar.gz"
        asked 2 *
        asked 0 file:six-1.0-py3-none-any.whl
        asked 0 metadata:six-1.0-py3-none-any.whl
        """);
  }

  @Test
  void is_poor_when_the_settings_say_so() throws Exception {
    play(
        """
        # Poor.
        setting upstream rich
        setting upstream-lacks etag,upload-time,core-metadata
        upstream six-1.0-py3-none-any.whl
        GET /simple/six/
          status 200   no-header ETag   no-json $.files[0].upload-time   no-json $.files[0].core-metadata
        """);
  }

  @Test
  void makes_trouble_until_it_is_healed() throws Exception {
    play(
        """
        # Trouble.
        upstream six-1.0-py3-none-any.whl
        upstream trouble /simple/six/ status 503
        GET /simple/six/
          status 503
        upstream heal
        upstream trouble /simple/* edit "\\"six\\"" "\\"seven\\""
        GET /simple/six/
          status 200   json $.name "seven"
        upstream heal
        upstream trouble /simple/six/ truncated 20
        GET /simple/six/
          never-whole
        upstream heal
        upstream down
        GET /simple/six/
          never-whole
        upstream up
        GET /simple/six/
          status 200
        """);
  }

  @Test
  void words_that_it_does_not_know_are_errors_with_their_place() {
    assertThatThrownBy(() -> play("# x\nupstream sings\n"))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("t.txt:2: upstream: neither a file nor something an upstream does");
    assertThatThrownBy(() -> play("# x\nupstream trouble /simple/six/ shyness\n"))
        .isInstanceOf(TranscriptFailure.class)
        .hasMessageContaining("unknown trouble: [shyness]");
  }

  private static void play(String text) throws Exception {
    new TranscriptReader("t.txt").read(text.lines().toList()).play(Direct::new);
  }

  private record Direct(FakeIndex index, URI address, UpstreamWords words) implements Stage {
    Direct(Map<String, String> settings) {
      this(FakeIndex.start(UpstreamWords.features(settings)));
    }

    private Direct(FakeIndex index) {
      this(index, index.url().resolve("/"), new UpstreamWords(index));
    }

    @Override
    public void clock(Instant now) {}

    @Override
    public void advance(Duration by) {}

    @Override
    public void upstream(List<String> line) {
      words.apply(line);
    }

    @Override
    public long asked(String path) {
      return words.asked(path);
    }

    @Override
    public void close() {
      index.close();
    }
  }
}
