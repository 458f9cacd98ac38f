package dev.wellhead.server.http;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Which addresses of memory are the mapped bytes of which file.
///
/// A mapped buffer goes through Jetty like any other, and [PlainEndPoint] asks here at the very end
/// whether the system can send the file itself (`sendfile`) in its place: then no byte is copied,
/// and no page of the mapping is ever touched.
final class FileRegions {
  /// Below this, looking up costs more than copying.
  static final int WORTH_LOOKING = 32 * 1024;

  private final ConcurrentSkipListMap<Long, Region> regions = new ConcurrentSkipListMap<>();

  /// Makes a mapping known; `channel` stays open until [#remove].
  void add(MemorySegment mapped, FileChannel channel, long offset) {
    regions.put(mapped.address(), new Region(mapped.address(), mapped.byteSize(), channel, offset));
  }

  /// Forgets a mapping; must come before it is unmapped, since its addresses are used again.
  void remove(MemorySegment mapped) {
    regions.remove(mapped.address());
  }

  /// The file whose bytes `buffer` holds, where it holds enough of one.
  @Nullable Region of(ByteBuffer buffer) {
    if (!buffer.isDirect() || buffer.remaining() < WORTH_LOOKING) {
      return null;
    }
    MemorySegment bytes = MemorySegment.ofBuffer(buffer);
    Map.Entry<Long, Region> below = regions.floorEntry(bytes.address());
    return below != null && below.getValue().holds(bytes) ? below.getValue() : null;
  }

  /// One mapping: `length` bytes of a file from `offset` on, at `address`.
  record Region(long address, long length, FileChannel channel, long offset) {
    private boolean holds(MemorySegment bytes) {
      return bytes.address() >= address && bytes.address() + bytes.byteSize() <= address + length;
    }

    /// Sends as much of `buffer`, which lies in this region, as `socket` takes now, and moves its
    /// position.
    void send(ByteBuffer buffer, WritableByteChannel socket) throws IOException {
      long at = offset + MemorySegment.ofBuffer(buffer).address() - address;
      long sent = channel.transferTo(at, buffer.remaining(), socket);
      if (sent == 0 && channel.size() < at + buffer.remaining()) {
        // Waiting for room in the socket would never end.
        throw new IOException("the file was cut while it was sent");
      }
      buffer.position(buffer.position() + Math.toIntExact(sent));
    }
  }
}
