package dev.wellhead.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.testkit.Await;
import dev.wellhead.testkit.FakeIndex;
import dev.wellhead.testkit.Feature;
import dev.wellhead.testkit.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileTest {
  private static final String BIG = "six-2.0.tar.gz";
  private static final long BIG_SIZE = 1_200_000_000;

  private FakeIndex index;

  @BeforeEach
  void start() {
    index = FakeIndex.start().file(Wheels.SIX, Wheels.six()).zeros(BIG, BIG_SIZE);
  }

  @AfterEach
  void stop() {
    index.close();
  }

  @Test
  void a_file_arrives_as_it_is() throws Exception {
    try (Room room = Room.over(index)) {
      FileAnswer.Open open = open(room, index.fileUrl(Wheels.SIX));
      try (InputStream body = open.body()) {
        assertThat(body.readAllBytes()).isEqualTo(Wheels.six());
      }
      assertThat(open.length()).isEqualTo(Wheels.six().length);
      assertThat(index.requests().getFirst().header("Accept-Encoding")).contains("identity");
    }
  }

  @Test
  void its_metadata_and_its_provenance_can_be_asked_for() throws Exception {
    try (Room room = Room.over(index)) {
      try (InputStream body =
          open(room, URI.create(index.fileUrl(Wheels.SIX) + ".metadata")).body()) {
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(Wheels.METADATA);
      }
      URI provenance = index.url().resolve("/integrity/six/1.0/" + Wheels.SIX + "/provenance");
      try (InputStream body = open(room, provenance).body()) {
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .contains("attestation_bundles");
      }
    }
  }

  @Test
  void a_file_of_more_bytes_than_the_heap_has_streams_through() throws Exception {
    try (Room room = Room.over(index);
        InputStream body = open(room, index.fileUrl(BIG)).body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(BIG_SIZE);
    }
  }

  @Test
  void leaving_early_ends_the_transfer_and_frees_the_connection() throws Exception {
    SizeLimits one = new SizeLimits(4096, 4096, Long.MAX_VALUE, 4096, 1);
    try (Room room = new Room(Room.settings(index).with(one))) {
      for (int i = 0; i < 3; i++) {
        try (InputStream body = open(room, index.fileUrl(BIG)).body()) {
          assertThat(body.readNBytes(1000)).hasSize(1000);
        }
      }
      assertThat(room.upstream.health().hosts().getLast().failed()).isZero();
    }
  }

  @Test
  void a_file_that_is_gone_is_absent() throws Exception {
    URI url = index.fileUrl(Wheels.SIX);
    index.remove(Wheels.SIX);
    try (Room room = Room.over(index)) {
      assertThat(room.upstream.file(url)).isEqualTo(new FileAnswer.Absent(404));
    }
  }

  @Test
  void nobody_is_asked_who_is_not_configured() throws Exception {
    try (Room room = Room.over(index)) {
      assertThat(room.upstream.file(URI.create("http://127.0.0.1:1/x.whl?token=secret")))
          .isEqualTo(
              new FileAnswer.Refused(
                  "http://127.0.0.1:1/x.whl is on no configured host (settings `upstream.index` and"
                      + " `upstream.files`)."));
      assertThat(room.upstream.tail(URI.create("http://127.0.0.1:1/x.whl"), 10))
          .isInstanceOf(RangeAnswer.Refused.class);
    }
  }

  @Test
  void a_redirect_is_followed_to_configured_hosts_only() throws Exception {
    URI signed = index.url().resolve(index.filePath(Wheels.SIX) + "?signature=secret");
    try (Room room = Room.over(index)) {
      index.trouble(index.filePath(Wheels.SIX), 1, new Trouble.Redirect(signed.toString()));
      try (InputStream body = open(room, index.fileUrl(Wheels.SIX)).body()) {
        assertThat(body.readAllBytes()).isEqualTo(Wheels.six());
      }
      index.trouble("/packages/*", new Trouble.Redirect("http://evil.test/?signature=secret"));
      assertThat(room.upstream.file(index.fileUrl(Wheels.SIX)))
          .isInstanceOfSatisfying(
              FileAnswer.Refused.class,
              refused ->
                  assertThat(refused.why())
                      .contains("redirects to http://evil.test, which is not a configured host")
                      .doesNotContain("secret"));
    }
  }

  @Test
  void another_length_than_the_page_says_is_refused() throws Exception {
    try (Room room = Room.over(index)) {
      assertThat(room.upstream.file(index.fileUrl(Wheels.SIX), 7))
          .isEqualTo(
              new FileAnswer.Refused(
                  index.fileUrl(Wheels.SIX)
                      + " announces "
                      + Wheels.six().length
                      + " bytes, and its page says 7."));
    }
  }

  @Test
  void an_endless_file_ends_at_the_size_that_the_page_says() throws Exception {
    index.trouble("/packages/*", new Trouble.Endless());
    try (Room room = Room.over(index);
        InputStream body = open(room, index.fileUrl(Wheels.SIX), Wheels.six().length).body()) {
      assertThatThrownBy(body::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is longer than " + Wheels.six().length + " bytes");
    }
  }

  @Test
  void a_body_that_stalls_ends() throws Exception {
    index.trouble("/packages/*", new Trouble.StallMidBody(20, new CountDownLatch(1)));
    TimeLimits limits = Room.limits(Duration.ofSeconds(20), Duration.ofMillis(150));
    assertBroken(limits, "stalled after 20 bytes: nothing came for 150 ms");
  }

  @Test
  void a_body_that_crawls_ends() throws Exception {
    index.trouble("/packages/*", new Trouble.Dripping(1, Duration.ofMillis(10)));
    TimeLimits limits =
        new TimeLimits(
            Room.PATIENT.connect(),
            Room.PATIENT.firstByte(),
            Duration.ofMillis(300),
            Room.PATIENT.page(),
            Room.PATIENT.file(),
            Room.PATIENT.queue(),
            10_000);
    assertBroken(limits, "less than 10000 bytes a second");
  }

  @Test
  void a_body_that_takes_too_long_ends() throws Exception {
    index.trouble("/packages/*", new Trouble.Dripping(1, Duration.ofMillis(10)));
    TimeLimits limits =
        new TimeLimits(
            Room.PATIENT.connect(),
            Room.PATIENT.firstByte(),
            Room.PATIENT.idle(),
            Room.PATIENT.page(),
            Duration.ofMillis(300),
            Room.PATIENT.queue(),
            0);
    assertBroken(limits, "was not complete within 300 ms");
  }

  @Test
  void a_body_that_breaks_off_is_no_whole_file() throws Exception {
    index.trouble("/packages/*", new Trouble.Truncated(20));
    assertBroken(Room.PATIENT, " of " + Wheels.six().length + " bytes: the connection was closed");
  }

  @Test
  void a_failure_before_the_first_byte_is_tried_again() throws Exception {
    index
        .trouble("/packages/*", 1, Trouble.status(502))
        .trouble("/packages/*", 1, new Trouble.HangUp());
    try (Room room = Room.over(index);
        InputStream body = open(room, index.fileUrl(Wheels.SIX)).body()) {
      assertThat(body.readAllBytes()).isEqualTo(Wheels.six());
      assertThat(room.pauses).hasSize(2);
    }
  }

  @Test
  void a_reader_that_is_slower_than_the_idle_limit_is_no_stalled_host() throws Exception {
    TimeLimits limits = Room.limits(Duration.ofSeconds(20), Duration.ofMillis(100));
    try (Room room = new Room(Room.settings(index).with(limits));
        InputStream body = open(room, index.fileUrl(BIG)).body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      assertThat(new CountDownLatch(1).await(250, java.util.concurrent.TimeUnit.MILLISECONDS))
          .isFalse();
      assertThat(body.readNBytes(10_000_000)).hasSize(10_000_000);
    }
  }

  @Test
  void no_more_connections_than_allowed_and_some_are_kept_for_pages() throws Exception {
    SizeLimits four = new SizeLimits(100_000, 4096, Long.MAX_VALUE, 4096, 4);
    TimeLimits patient = Room.PATIENT;
    TimeLimits limits =
        new TimeLimits(
            patient.connect(),
            patient.firstByte(),
            patient.idle(),
            patient.page(),
            patient.file(),
            Duration.ofMillis(100),
            0);
    UpstreamSettings one = UpstreamSettings.of(index.url()).with(four).with(limits);
    URI url = index.url().resolve(index.filePath(BIG));
    List<InputStream> bodies = new ArrayList<>();
    try (Room room = new Room(one.with(Room.once()))) {
      for (int i = 0; i < 3; i++) {
        bodies.add(open(room, url).body());
      }
      assertThat(room.upstream.file(url))
          .isEqualTo(
              new FileAnswer.Unreachable(
                  "All connections to http://127.0.0.1:"
                      + index.url().getPort()
                      + " were busy for 100 ms.",
                  null));
      assertThat(room.upstream.page(new dev.wellhead.core.pypi.ProjectName("seven"), null))
          .isEqualTo(new PageAnswer.Absent(404));
      bodies.getFirst().close();
      open(room, url).body().close();
      for (InputStream body : bodies) {
        body.close();
      }
    }
  }

  @Test
  void who_waits_for_a_connection_gets_the_next_free_one() throws Exception {
    SizeLimits one = new SizeLimits(4096, 4096, Long.MAX_VALUE, 4096, 1);
    try (Room room = new Room(Room.settings(index).with(one));
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      InputStream first = open(room, index.fileUrl(BIG)).body();
      Future<byte[]> second =
          askers.submit(() -> {
            try (InputStream body = open(room, index.fileUrl(Wheels.SIX)).body()) {
              return body.readAllBytes();
            }
          });
      assertThat(first.readNBytes(1000)).hasSize(1000);
      assertThat(second.isDone()).isFalse();
      first.close();
      Await.until("the second is served", second::isDone);
      assertThat(second.get()).isEqualTo(Wheels.six());
    }
  }

  @Test
  void stretches_of_a_file_can_be_read() throws Exception {
    ByteBuffer whole = ByteBuffer.wrap(Wheels.six());
    int size = whole.remaining();
    URI url = index.fileUrl(Wheels.SIX);
    try (Room room = Room.over(index)) {
      assertThat(room.upstream.tail(url, 22))
          .isEqualTo(new RangeAnswer.Part(whole.slice(size - 22, 22), size - 22L, size));
      assertThat(room.upstream.tail(url, 10_000)).isEqualTo(new RangeAnswer.Part(whole, 0, size));
      assertThat(room.upstream.range(url, 4, 13))
          .isEqualTo(new RangeAnswer.Part(whole.slice(4, 10), 4, size));
      assertThat(room.upstream.range(url, size - 2L, 10_000))
          .isEqualTo(new RangeAnswer.Part(whole.slice(size - 2, 2), size - 2L, size));
      assertThat(room.upstream.range(url, 10_000, 10_001)).isInstanceOf(RangeAnswer.Refused.class);
      index.remove(Wheels.SIX);
      assertThat(room.upstream.tail(url, 22)).isEqualTo(new RangeAnswer.Absent(404));
    }
  }

  @Test
  void a_host_that_sends_whole_files_only_says_so_and_its_file_is_not_read() throws Exception {
    Set<Feature> without = EnumSet.copyOf(Feature.PYPI);
    without.remove(Feature.RANGES);
    try (FakeIndex plain = FakeIndex.start(without).zeros(BIG, BIG_SIZE);
        Room room = Room.over(plain)) {
      assertThat(room.upstream.tail(plain.fileUrl(BIG), 22)).isEqualTo(new RangeAnswer.NoRanges());
    }
  }

  private void assertBroken(TimeLimits limits, String words) throws Exception {
    try (Room room = new Room(Room.settings(index).with(limits));
        InputStream body = open(room, index.fileUrl(Wheels.SIX)).body()) {
      assertThatThrownBy(body::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(words);
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
      assertThat(room.upstream.health().hosts().getLast().failed()).isEqualTo(1);
    }
  }

  private static FileAnswer.Open open(Room room, URI url) {
    return open(room, url, -1);
  }

  private static FileAnswer.Open open(Room room, URI url, long size) {
    FileAnswer answer = room.upstream.file(url, size);
    assertThat(answer).isInstanceOf(FileAnswer.Open.class);
    return (FileAnswer.Open) answer;
  }
}
