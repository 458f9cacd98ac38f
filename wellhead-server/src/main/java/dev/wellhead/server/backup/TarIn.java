package dev.wellhead.server.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A backup that is a tar archive.
///
/// Blobs are found in the order in which they lie there, so that no list of them has to fit into
/// memory; everything else at any time.
final class TarIn implements PartsIn {
  private static final int MOST_OTHERS = 10_000;

  private final FileChannel channel;
  private final Map<String, Place> others = new HashMap<>();
  private long next;

  private record Place(long at, long size) {}

  private TarIn(FileChannel channel) {
    this.channel = channel;
  }

  static TarIn open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean whole = false;
    try {
      TarIn in = new TarIn(channel);
      in.look();
      whole = true;
      return in;
    } finally {
      if (!whole) {
        channel.close();
      }
    }
  }

  @Override
  public Optional<InputStream> open(String name) throws IOException {
    if (!name.startsWith(Manifest.BLOBS)) {
      Place place = others.get(name);
      return place == null ? Optional.empty() : Optional.of(new Part(place));
    }
    while (true) {
      TarHeader header = header(next);
      if (header == null) {
        next = 0; // asked in another order than it lies: once around
        return Optional.empty();
      }
      Place place = new Place(next + TarHeader.BLOCK, header.size());
      next = place.at() + header.padded();
      if (header.isFile() && header.name().equals(name)) {
        return Optional.of(new Part(place));
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void look() throws IOException {
    long at = 0;
    for (TarHeader header = header(at); header != null; header = header(at)) {
      Place place = new Place(at + TarHeader.BLOCK, header.size());
      if (header.isFile() && !header.name().startsWith(Manifest.BLOBS)) {
        if (others.size() >= MOST_OTHERS) {
          throw new IOException("it has more parts than any backup");
        }
        others.putIfAbsent(header.name(), place);
      }
      at = place.at() + header.padded();
    }
  }

  /// Null at the end, also where the archive was cut between two files.
  private @Nullable TarHeader header(long at) throws IOException {
    byte[] block = new byte[TarHeader.BLOCK];
    ByteBuffer buffer = ByteBuffer.wrap(block);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        return null;
      }
    }
    return TarHeader.of(block);
  }

  /// The bytes of one file.
  private final class Part extends InputStream {
    private long at;
    private long left;

    Part(Place place) {
      at = place.at();
      left = place.size();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, left)), at);
      if (read > 0) {
        at += read;
        left -= read;
      }
      return read;
    }
  }
}
