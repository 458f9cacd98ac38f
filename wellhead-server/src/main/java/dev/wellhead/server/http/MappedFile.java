package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole file, open and mapped, which the system may send itself ([FileRegions]).
///
/// Nothing of it may be touched or be under way any more when it is closed.
final class MappedFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MappedFile.class);
  private static final int LOOKS = 8;

  private final Arena arena = Arena.ofShared();
  private final FileChannel channel;
  private final MemorySegment segment;
  private final FileRegions regions;

  /// Maps `size` bytes of `channel`, which belongs to this object from now on, also where that
  /// fails.
  MappedFile(FileChannel channel, long size, FileRegions regions) throws IOException {
    this.channel = channel;
    this.regions = regions;
    try {
      segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
    } catch (IOException | RuntimeException | Error failed) {
      try (channel;
          arena) {
        throw failed;
      }
    }
    regions.add(segment, channel, 0);
  }

  ByteBuffer buffer(long from, long length) {
    return segment.asSlice(from, length).asByteBuffer();
  }

  boolean looksLoaded() {
    return looksLoaded(segment);
  }

  /// Whether the bytes are in memory: a guess from a few places, since asking for every page of 10
  /// MB costs a third of sending them.
  static boolean looksLoaded(MemorySegment mapped) {
    long step = Math.max(1, mapped.byteSize() / LOOKS);
    for (long at = 0; at < mapped.byteSize(); at += step) {
      if (!mapped.asSlice(at, 1).isLoaded()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    regions.remove(segment);
    arena.close();
    try {
      channel.close();
    } catch (IOException leftOpen) {
      LOG.warn("A file that was sent could not be closed.", leftOpen);
    }
  }
}
