package dev.wellhead.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which bytes the system is asked to send from a file, and which ones.
final class FileRegionsTest {
  private static final int SIZE = 3 * FileRegions.WORTH_LOOKING;

  @TempDir private Path folder;

  private final FileRegions regions = new FileRegions();

  @Test
  void the_part_of_the_file_that_the_buffer_holds_is_sent() throws Exception {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i % 251);
    }
    try (FileChannel channel = opened(bytes);
        Arena arena = Arena.ofShared()) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 1_000, SIZE - 1_000, arena);
      regions.add(mapped, channel, 1_000);
      ByteBuffer part = mapped.asByteBuffer().position(234).slice();
      FileRegions.Region region = Objects.requireNonNull(regions.of(part));

      Pipe pipe = Pipe.open();
      pipe.sink().configureBlocking(false); // it takes what it has room for
      region.send(part, pipe.sink());

      ByteBuffer first = ByteBuffer.allocate(part.position());
      while (first.hasRemaining() && pipe.source().read(first) >= 0) {
        // until all that was sent is here
      }
      assertThat(first.array())
          .isNotEmpty()
          .isEqualTo(Arrays.copyOfRange(bytes, 1_234, 1_234 + first.capacity()));
    }
  }

  @Test
  void what_lies_in_no_file_or_is_small_or_was_forgotten_is_not_found() throws Exception {
    try (FileChannel channel = opened(new byte[SIZE]);
        Arena arena = Arena.ofShared()) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, SIZE, arena);
      regions.add(mapped, channel, 0);

      assertThat(regions.of(ByteBuffer.allocate(SIZE))).isNull();
      assertThat(regions.of(ByteBuffer.allocateDirect(SIZE))).isNull();
      assertThat(regions.of(mapped.asByteBuffer().limit(100))).isNull();
      regions.remove(mapped);
      assertThat(regions.of(mapped.asByteBuffer())).isNull();
    }
  }

  @Test
  void a_file_that_was_cut_is_an_error_and_no_endless_wait() throws Exception {
    try (FileChannel channel = opened(new byte[SIZE]);
        Arena arena = Arena.ofShared()) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, SIZE, arena);
      regions.add(mapped, channel, 0);
      ByteBuffer all = mapped.asByteBuffer();
      FileRegions.Region region = Objects.requireNonNull(regions.of(all));
      channel.truncate(0);

      Pipe pipe = Pipe.open();
      assertThatThrownBy(() -> region.send(all, pipe.sink()))
          .isInstanceOf(IOException.class)
          .hasMessage("the file was cut while it was sent");
    }
  }

  private FileChannel opened(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
