package dev.wellhead.server.index;

import dev.wellhead.server.upstream.RangeAnswer;
import dev.wellhead.server.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/// A file at the source, read by ranges as its reader asks; the stretches that came are kept until
/// it is closed.
final class RangeChannel implements SeekableByteChannel {
  /// Enough for the directory of nearly every wheel and the METADATA before it.
  private static final int TAIL = 64 << 10;

  private static final int LEAST = 16 << 10;

  /// A reader that wants more reads again; one question never asks for more than may be asked.
  private static final int MOST = 1 << 20;

  private record Stretch(long from, ByteBuffer bytes) {
    boolean holds(long at) {
      return at >= from && at < from + bytes.limit();
    }
  }

  private final Upstream upstream;
  private final URI url;
  private final long size;
  private final List<Stretch> stretches = new ArrayList<>();
  private long position;
  private boolean open = true;

  private RangeChannel(Upstream upstream, URI url, long size, Stretch tail) {
    this.upstream = upstream;
    this.url = url;
    this.size = size;
    this.stretches.add(tail);
  }

  /// What asking for the end of a file gave.
  sealed interface Opened {
    /// The source gives ranges.
    record Ranges(RangeChannel channel) implements Opened {}

    /// It gives whole files only, or nothing.
    record No(String why) implements Opened {}
  }

  static Opened open(Upstream upstream, URI url) {
    return switch (upstream.tail(url, TAIL)) {
      case RangeAnswer.Part(ByteBuffer bytes, long from, long total) ->
          new Opened.Ranges(new RangeChannel(upstream, url, total, new Stretch(from, bytes)));
      case RangeAnswer.NoRanges _ -> new Opened.No("the upstream gives no ranges");
      case RangeAnswer.Absent _ -> new Opened.No("the upstream does not have the file");
      case RangeAnswer.Refused(String why) -> new Opened.No(why);
      case RangeAnswer.Unreachable unreachable -> new Opened.No(unreachable.why());
    };
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (position >= size) {
      return -1;
    }
    Stretch stretch = null;
    for (Stretch known : stretches) {
      if (known.holds(position)) {
        stretch = known;
      }
    }
    if (stretch == null) {
      stretch = fetch(Math.clamp(into.remaining(), LEAST, MOST));
      stretches.add(stretch);
    }
    int at = (int) (position - stretch.from);
    int length = Math.min(into.remaining(), stretch.bytes.limit() - at);
    into.put(stretch.bytes.slice(at, length));
    position += length;
    return length;
  }

  private Stretch fetch(int length) throws IOException {
    long to = Math.min(size, position + length) - 1;
    return switch (upstream.range(url, position, to)) {
      case RangeAnswer.Part(ByteBuffer bytes, long from, long total)
          when from == position && total == size && bytes.hasRemaining() ->
          new Stretch(from, bytes);
      case RangeAnswer.Part _ ->
          throw new RangeChannelException("the upstream changed a file while read");
      case RangeAnswer.NoRanges _ ->
          throw new RangeChannelException("the upstream stopped giving ranges");
      case RangeAnswer.Absent _ ->
          throw new RangeChannelException("the upstream no longer has the file");
      case RangeAnswer.Refused(String why) -> throw new RangeChannelException(why);
      case RangeAnswer.Unreachable unreachable ->
          throw new RangeChannelException(unreachable.why());
    };
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    stretches.clear();
  }
}
