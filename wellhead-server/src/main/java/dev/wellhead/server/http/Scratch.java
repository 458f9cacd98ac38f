package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves large bodies that are sent again and again out of memory, into files without a name.
///
/// From there the system sends them itself ([FileRegions]): no byte is copied, the heap is relieved
/// of them, and the page cache gives them back when memory is short. A file is unlinked as soon as
/// it is open, so that nothing is left behind by whatever end.
final class Scratch {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  /// Each keeps a file open, and open files are counted by the system.
  private static final int MOST = 256;

  private final @Nullable Path folder;
  private final FileRegions regions;
  private final Cleaner cleaner = Cleaner.create();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong names = new AtomicLong();

  /// @param folder where the files are made; null: nothing is moved
  Scratch(@Nullable Path folder, FileRegions regions) {
    this.folder = folder;
    this.regions = regions;
  }

  /// The same bytes in a file, which lives as long as `owner` does: whoever sends them holds on to
  /// the owner until they are sent. Null where they must stay where they are.
  @Nullable ByteBuffer move(ByteBuffer bytes, Object owner) {
    if (folder == null) {
      return null;
    }
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      return null;
    }
    try {
      MappedFile piece = written(file(folder), bytes);
      cleaner.register(
          owner,
          () -> {
            piece.close();
            open.decrementAndGet();
          });
      return piece.buffer(0, bytes.remaining());
    } catch (IOException noRoom) {
      open.decrementAndGet();
      LOG.debug("an answer stays in memory, since no file could be made for it", noRoom);
      return null;
    }
  }

  private Path file(Path in) throws IOException {
    Files.createDirectories(in);
    return in.resolve("answer-" + names.incrementAndGet());
  }

  private MappedFile written(Path file, ByteBuffer bytes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException noRoom) {
      try (channel) {
        throw noRoom;
      }
    }
    return new MappedFile(channel, bytes.remaining(), regions);
  }
}
