package dev.wellhead.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that has the system send what lies in a file ([FileRegions]).
///
/// Jetty itself knows no `sendfile`. On TLS the buffers that come here are encrypted ones, so that
/// everything takes the usual way.
final class PlainEndPoint extends SocketChannelEndPoint {
  private final FileRegions regions;

  PlainEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      FileRegions regions) {
    super(channel, selector, key, scheduler);
    this.regions = regions;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    for (int i = 0; i < buffers.length; i++) {
      FileRegions.Region region = regions.of(buffers[i]);
      if (region != null) {
        return (i == 0 || super.flush(Arrays.copyOf(buffers, i)))
            && sendAll(region, buffers[i])
            && (i == buffers.length - 1
                || flush(Arrays.copyOfRange(buffers, i + 1, buffers.length)));
      }
    }
    return super.flush(buffers);
  }

  private boolean sendAll(FileRegions.Region region, ByteBuffer buffer) throws IOException {
    int before = buffer.remaining();
    try {
      region.send(buffer, getChannel());
    } catch (IOException broken) {
      throw new EofException(broken);
    }
    if (buffer.remaining() < before) {
      notIdle();
    }
    return !buffer.hasRemaining();
  }
}
