package dev.wellhead.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobsTest {
  // FIPS 180-4's own example
  private static final Sha256 ABC =
      new Sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  @TempDir Path temp;
  private Path folder;
  private Blobs blobs;

  @BeforeEach
  void open() {
    folder = temp.resolve("blobs");
    blobs = new Blobs(folder);
  }

  @Test
  void what_is_kept_is_found_under_its_hash() throws IOException {
    Blob kept = keep("abc");

    assertThat(kept).isEqualTo(new Blob(ABC, folder.resolve("sha256/ba").resolve(ABC.hex()), 3));
    assertThat(blobs.find(ABC)).contains(kept);
    assertThat(kept.path()).hasContent("abc");
    assertThat(filesUnder(folder)).containsExactly(kept.path());
  }

  @Test
  void what_the_disk_has_no_room_for_is_not_begun() throws IOException {
    assertThatThrownBy(() -> blobs.receive(Long.MAX_VALUE))
        .isInstanceOf(NoRoomException.class)
        .hasMessageMatching("it needs 9223372036854775807 bytes, and the disk has \\d+ left");

    assertThat(filesUnder(folder)).isEmpty();
    try (Incoming incoming = blobs.receive(3)) {
      assertThat(incoming.length()).isZero();
    }
  }

  @Test
  void a_promise_leaves_no_trace_whether_it_is_kept_or_not() throws IOException {
    byte[] bytes = new byte[700_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 % 251);
    }
    for (long promised : List.of(0L, 100L, 700_000L, 700_001L, 2_000_000L)) {
      try (Incoming incoming = blobs.receive(promised)) {
        for (int at = 0; at < bytes.length; at += 16_000) {
          incoming.write(ByteBuffer.wrap(bytes, at, Math.min(16_000, bytes.length - at)));
        }
        Blob kept = incoming.keep();

        assertThat(kept.length()).isEqualTo(bytes.length);
        assertThat(kept.path()).hasBinaryContent(bytes);
        assertThat(blobs.verify(kept.sha256())).isEqualTo(new BlobCheck.Sound(bytes.length));
        assertThat(blobs.delete(kept.sha256())).isTrue();
      }
    }
  }

  @Test
  void only_what_is_old_and_unwanted_is_discarded() throws Exception {
    Blob kept = keep("abc");
    Instant old = Instant.parse("2026-01-01T00:00:00Z");
    Instant day = old.plusSeconds(86_400);

    assertThat(blobs.discard(ABC, day, () -> true)).isFalse(); // just kept
    Files.setLastModifiedTime(kept.path(), FileTime.from(old));
    assertThat(blobs.discard(ABC, day, () -> false)).isFalse(); // named
    assertThat(blobs.renew(ABC, day.plusSeconds(1))).isTrue();
    assertThat(blobs.discard(ABC, day, () -> true)).isFalse(); // about to be named
    assertThat(blobs.find(ABC)).contains(kept);

    assertThat(blobs.discard(ABC, day.plusSeconds(1), () -> true)).isTrue();
    assertThat(blobs.find(ABC)).isEmpty();
    assertThat(blobs.discard(ABC, day.plusSeconds(1), () -> true)).isFalse();
    assertThat(blobs.renew(ABC, day)).isFalse();
  }

  @Test
  void a_blob_that_is_kept_again_while_it_is_judged_stays() throws Exception {
    Blob kept = keep("abc");
    Files.setLastModifiedTime(kept.path(), FileTime.from(Instant.EPOCH));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Blob>> again = new ArrayList<>();

      boolean discarded =
          blobs.discard(
              ABC,
              Instant.EPOCH,
              () -> {
                again.add(threads.submit(() -> keep("abc"))); // waits for the judgement
                return true;
              });

      assertThat(discarded).isTrue();
      assertThat(blobs.find(again.getFirst().get().sha256())).contains(kept);
    }
  }

  @Test
  void what_is_not_kept_is_gone_when_it_is_closed() throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes("abc"));
      assertThat(incoming.digest()).isEqualTo(ABC);
    }

    assertThat(blobs.find(ABC)).isEmpty();
    assertThat(filesUnder(folder)).isEmpty();
  }

  @Test
  void readers_see_what_is_written_so_far_and_read_on_when_it_is_kept() throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes("ab"));
      try (FileChannel reader = FileChannel.open(incoming.path())) {
        assertThat(incoming.length()).isEqualTo(2);
        assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(2);

        incoming.write(bytes("c"));
        incoming.keep();

        assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(1);
      }
      assertThat(incoming.path()).hasContent("abc");
    }
  }

  @Test
  void one_content_kept_by_many_at_once_is_one_blob() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Blob>> keepers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        keepers.add(() -> keep("abc"));
      }
      Set<Blob> kept = new HashSet<>();
      for (Future<Blob> one : many.invokeAll(keepers)) {
        kept.add(one.get());
      }
      assertThat(kept).hasSize(1);
    }

    assertThat(filesUnder(folder)).hasSize(1);
    assertThat(blobs.verify(ABC)).isEqualTo(new BlobCheck.Sound(3));
  }

  @Test
  void keeping_again_makes_a_blob_young_and_heals_it() throws IOException {
    Blob old = keep("abc");
    Files.writeString(old.path(), "axc");
    Files.setLastModifiedTime(old.path(), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    keep("abc");

    assertThat(old.path()).hasContent("abc");
    assertThat(blobs.lastModified(ABC)).isAfter(Instant.parse("2025-01-01T00:00:00Z"));
  }

  @Test
  void keeping_twice_by_one_writer_is_the_same_blob() throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes("abc"));
      assertThat(incoming.keep()).isEqualTo(incoming.keep());
    }
  }

  @Test
  void nothing_is_written_after_the_hash_was_taken() throws IOException {
    try (Incoming incoming = blobs.receive()) {
      var _ = incoming.digest();

      assertThatThrownBy(() -> incoming.write(bytes("more")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void nobody_else_may_read() throws IOException {
    Blob kept = keep("abc");

    assertThat(permissions(kept.path())).isEqualTo("rw-------");
    for (String made : List.of("", "sha256", "sha256/ba", "incoming")) {
      assertThat(permissions(folder.resolve(made))).isEqualTo("rwx------");
    }
  }

  @Test
  void damage_is_found_by_reading_again() throws IOException {
    Blob kept = keep("abc");
    Files.writeString(kept.path(), "abd!");

    assertThat(blobs.verify(ABC))
        .isInstanceOfSatisfying(
            BlobCheck.Damaged.class,
            damaged -> {
              assertThat(damaged.length()).isEqualTo(4);
              assertThat(damaged.actual()).isNotEqualTo(ABC);
            });
    assertThat(blobs.verify(new Sha256("0".repeat(64)))).isEqualTo(new BlobCheck.Absent());
  }

  @Test
  void all_names_every_blob_and_passes_over_what_is_none() throws IOException {
    assertThat(all()).isEmpty();
    Blob first = keep("abc");
    Blob second = keep("other");
    Files.writeString(folder.resolve("sha256/ba/notes.txt"), "");
    Files.writeString(folder.resolve("sha256/ba").resolve("0".repeat(64)), "misplaced");
    Files.writeString(folder.resolve("sha256/stray"), "");

    assertThat(all()).containsExactlyInAnyOrder(first.sha256(), second.sha256());
  }

  @Test
  void a_deleted_blob_is_gone() throws IOException {
    keep("abc");

    assertThat(blobs.delete(ABC)).isTrue();
    assertThat(blobs.delete(ABC)).isFalse();

    assertThat(blobs.find(ABC)).isEmpty();
    assertThatThrownBy(() -> blobs.lastModified(ABC)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void leftovers_of_a_crash_are_swept_and_their_names_taken_do_no_harm() throws IOException {
    assertThat(blobs.sweepIncoming()).isZero();
    try (Incoming crashed = blobs.receive()) {
      crashed.write(bytes("half"));
      Blobs restarted = new Blobs(folder);
      try (Incoming other = restarted.receive()) {
        assertThat(other.path()).isNotEqualTo(crashed.path());
      }

      assertThat(restarted.sweepIncoming()).isEqualTo(1);
    }
    assertThat(filesUnder(folder)).isEmpty();
  }

  @Test
  void a_symbolic_link_in_place_of_a_blob_is_refused() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "abc");
    Path path = keep("abc").path();
    Files.delete(path);
    Files.createSymbolicLink(path, secret);

    assertThatThrownBy(() -> blobs.find(ABC))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("is no regular file");
    assertThatThrownBy(() -> blobs.verify(ABC)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> keep("abc")).hasMessageContaining("is no regular file");
    assertThat(secret).hasContent("abc");
  }

  @Test
  void a_symbolic_link_in_place_of_a_folder_is_refused() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve(ABC.hex()), "abc");
    Files.createDirectories(folder.resolve("sha256"));
    Files.createSymbolicLink(folder.resolve("sha256/ba"), elsewhere);

    assertThatThrownBy(() -> blobs.find(ABC)).hasMessageContaining("symbolic link");
    assertThatThrownBy(() -> keep("abc")).hasMessageContaining("symbolic link");
    assertThat(all()).isEmpty();
  }

  @Test
  void the_folder_itself_may_be_a_link() throws IOException {
    Path real = Files.createDirectory(temp.resolve("disk"));
    Files.createSymbolicLink(folder, real);

    assertThat(keep("abc").length()).isEqualTo(3);
    assertThat(blobs.find(ABC).map(Blob::length)).isEqualTo(Optional.of(3L));
  }

  private Blob keep(String text) throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes(text));
      return incoming.keep();
    }
  }

  private List<Sha256> all() throws IOException {
    try (Stream<Sha256> all = blobs.all()) {
      return all.toList();
    }
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
