package dev.wellhead.server.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wellhead.core.pypi.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlobFaultsTest {
  private static final Sha256 ABC =
      new Sha256("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_effect_fails_a_blob_is_whole_or_not_there(boolean afterItTookHold)
      throws IOException {
    int faults = 0;
    for (boolean failed = true; failed; faults++) {
      Path folder = temp.resolve("blobs" + faults);
      FaultyFiles files = new FaultyFiles();
      Blobs blobs = new Blobs(files.over(folder));
      files.fail(faults, afterItTookHold);

      failed = !keeps(blobs);
      files.fail(-1, false);

      Optional<Blob> found = blobs.find(ABC);
      if (found.isPresent()) {
        assertThat(folder.resolve("sha256/ba").resolve(ABC.hex())).hasContent("abc");
      } else {
        assertThat(failed).as("effect %d", faults).isTrue();
      }
      assertThat(keeps(blobs)).as("the next one, after effect %d", faults).isTrue();
      assertThat(blobs.verify(ABC)).isEqualTo(new BlobCheck.Sound(3));
      blobs.sweepIncoming();
      assertThat(filesUnder(folder)).hasSize(1);
    }
    assertThat(faults).isGreaterThan(10);
  }

  @Test
  void a_blob_is_durable_before_it_is_named_and_its_name_before_it_is_told() throws IOException {
    FaultyFiles files = new FaultyFiles();
    Blobs blobs = new Blobs(files.over(temp.resolve("blobs")));
    keep(blobs);
    files.fail(-1, false);

    keep(blobs);

    assertThat(files.effects()).containsExactly("open", "write", "sync", "move", "open", "sync");
  }

  @Test
  void keeping_can_be_tried_again_by_the_one_who_wrote() throws IOException {
    FaultyFiles files = new FaultyFiles();
    Blobs blobs = new Blobs(files.over(temp.resolve("blobs")));
    keep(blobs);
    for (int effect = 0; effect < 4; effect++) {
      for (boolean tookHold : List.of(false, true)) {
        try (Incoming incoming = blobs.receive()) {
          incoming.write(bytes("other " + effect + tookHold));
          files.fail(effect, tookHold);

          assertThatThrownBy(incoming::keep).isInstanceOf(IOException.class);

          files.fail(-1, false);
          Blob kept = incoming.keep();
          assertThat(blobs.verify(kept.sha256())).isEqualTo(new BlobCheck.Sound(kept.length()));
        }
      }
    }
  }

  @Test
  void a_full_disk_is_told_with_the_folder_and_what_was_asked() throws IOException {
    FaultyFiles files = new FaultyFiles();
    Blobs blobs = new Blobs(files.over(temp.resolve("blobs")));
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes("abc"));
      files.fail(0, false);

      assertThatThrownBy(() -> incoming.write(bytes("more")))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "could not write 4 bytes, after 3, in the folder "
                  + temp.resolve("blobs/incoming")
                  + ": No space left on device");
    }
  }

  private static boolean keeps(Blobs blobs) {
    try {
      keep(blobs);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void keep(Blobs blobs) throws IOException {
    try (Incoming incoming = blobs.receive()) {
      incoming.write(bytes("abc"));
      incoming.keep();
    }
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
