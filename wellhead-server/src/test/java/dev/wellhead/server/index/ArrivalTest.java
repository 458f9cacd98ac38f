package dev.wellhead.server.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.server.blob.Blob;
import dev.wellhead.server.blob.Blobs;
import dev.wellhead.server.blob.Incoming;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Trouble;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A file on its way: what its readers get, whatever happens to it.
@Timeout(30)
final class ArrivalTest {
  private static final String WHEEL = "six-1.0-py3-none-any.whl";

  @TempDir private Path folder;

  @Test
  void a_reader_that_comes_while_the_file_gets_its_name_reads_it_under_that() throws Exception {
    byte[] bytes = TestWheels.wheel("six", "1.0");
    Blobs blobs = new Blobs(folder);
    Arrival arrival = new Arrival(bytes.length);
    Blob blob;
    Path draft;
    try (Incoming incoming = blobs.receive()) {
      incoming.write(ByteBuffer.wrap(bytes));
      draft = incoming.path();
      arrival.become(new Arrival.State.Coming(draft, bytes.length));
      blob = incoming.keep(); // renamed, and nobody was told yet
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    Callable<Boolean> copying =
        () -> {
          arrival.copyTo(read);
          return true;
        };
    FutureTask<Boolean> reader = new FutureTask<>(copying);
    Thread thread = Thread.ofVirtual().start(reader);
    while (thread.getState() != Thread.State.WAITING && !reader.isDone()) {
      Thread.onSpinWait();
    }
    arrival.become(new Arrival.State.Kept(blob));

    assertThat(reader.get()).isTrue();
    assertThat(read.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void a_small_wrong_file_is_refused_with_a_sentence_and_not_cut() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      index.trouble(index.filePath(WHEEL), new Trouble.Corrupt(10));

      HttpResponse<byte[]> answer = house.get(Standalone.path(index, WHEEL));

      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("has the SHA-256")
          .doesNotContain("..");
    }
  }

  @Test
  void a_client_that_has_the_file_is_told_so_without_the_upstream() throws Exception {
    try (FakeIndex index = FakeIndex.start().file(WHEEL, TestWheels.wheel("six", "1.0"));
        Standalone house = new Standalone(folder, index)) {
      String etag = '"' + index.sha256(WHEEL) + '"';
      String path = Standalone.path(index, WHEEL);

      assertThat(house.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(house.ask("HEAD", path, "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(index.count(index.filePath(WHEEL))).isZero();
    }
  }

  @Test
  void pages_that_disagree_on_the_size_of_one_digest_do_not_spoil_each_others_answers()
      throws Exception {
    byte[] bytes = TestWheels.wheel("six", "1.0", 300_000);
    CountDownLatch goOn = new CountDownLatch(1);
    try (FakeIndex index =
            FakeIndex.start().file(WHEEL, bytes).file("evil-1.0-py3-none-any.whl", bytes);
        Standalone house = new Standalone(folder, index)) {
      index.trouble(
          index.pagePath("evil"),
          new Trouble.Edited(page -> page.replaceAll("\"size\":\\s*[0-9]+", "\"size\": 70000")));
      index.trouble(
          index.filePath("evil-1.0-py3-none-any.whl"), new Trouble.StallMidBody(66_000, goOn));
      house.json("evil");
      house.json("six");
      FutureTask<Integer> evil =
          new FutureTask<>(
              () -> house.get(Standalone.path(index, "evil-1.0-py3-none-any.whl")).statusCode());
      Thread.ofVirtual().start(evil);
      while (index.count(index.filePath("evil-1.0-py3-none-any.whl")) == 0) {
        Thread.onSpinWait();
      }

      HttpResponse<byte[]> six = house.get(Standalone.path(index, WHEEL));
      goOn.countDown();

      assertThat(six.statusCode()).isEqualTo(200);
      assertThat(six.body()).isEqualTo(bytes);
    }
  }

  @Test
  void an_empty_file_that_is_not_what_its_page_says_is_refused() throws Exception {
    try (FakeIndex index = FakeIndex.start().file("six-1.0.tar.gz", new byte[0]);
        Standalone house = new Standalone(folder, index)) {
      index.trouble(index.pagePath("six"), Trouble.wrongHashes());

      assertThat(house.get(Standalone.path(index, "six-1.0.tar.gz")).statusCode()).isEqualTo(502);
    }
  }
}
