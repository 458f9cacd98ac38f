package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.fetches.Seen;
import dev.wellhead.testkit.FakeIndex;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file that is asked for again and again.
@Timeout(30)
final class DownloadTest {
  private static final String WHEEL = "six-1.0-py3-none-any.whl";
  private static final int TIMES = 20;
  private static final byte[] BYTES = TestWheels.wheel("six", "1.0", 300_000);

  @TempDir private Path folder;

  @Test
  void each_time_the_file_is_sent_is_recorded() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, BYTES);
        Standalone house = new Standalone(folder, index)) {
      String path = Standalone.path(index, WHEEL);
      for (int i = 0; i < TIMES; i++) {
        HttpResponse<byte[]> answer = house.get(path, "User-Agent", "pip/26.3");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
      }

      house.fetches.flush();

      List<Seen> seen = house.fetches.seenBy(Sha256.of(index.sha256(WHEEL)).orElseThrow(), 10);
      assertThat(seen).hasSize(1);
      assertThat(seen.getFirst().count()).isEqualTo(TIMES);
    }
  }

  @Test
  void parts_and_conditions_are_heard_although_the_whole_was_just_sent() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, BYTES);
        Standalone house = new Standalone(folder, index)) {
      String path = Standalone.path(index, WHEEL);
      for (int i = 0; i < TIMES; i++) {
        house.get(path);
      }

      HttpResponse<byte[]> part = house.get(path, "Range", "bytes=10-19");

      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BYTES, 10, 20));
      String etag = '"' + index.sha256(WHEEL) + '"';
      assertThat(house.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(house.ask("HEAD", path).body()).isEmpty();
    }
  }

  @Test
  void a_file_that_its_page_no_longer_lists_is_refused_although_it_was_just_sent()
      throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, BYTES);
        Standalone house = new Standalone(folder, index)) {
      String path = Standalone.path(index, WHEEL);
      for (int i = 0; i < TIMES; i++) {
        house.get(path);
      }
      index.remove(WHEEL);
      house.clock.advance(Standalone.FRESH);

      house.json("six");

      assertThat(house.get(path).statusCode()).isEqualTo(404);
    }
  }
}
