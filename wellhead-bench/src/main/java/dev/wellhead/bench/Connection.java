package dev.wellhead.bench;

import java.nio.channels.SocketChannel;

/// One keep-alive connection and the request that is open on it.
final class Connection {
  final SocketChannel channel;
  final AnswerReader reader;
  private long begunAt;
  private long firstByteAt;
  private long sent;
  private boolean busy;

  Connection(SocketChannel channel, AnswerReader reader) {
    this.channel = channel;
    this.reader = reader;
  }

  void begin(long at, int hashEvery) {
    begunAt = at;
    firstByteAt = -1;
    busy = true;
    reader.begin(sent++ % hashEvery == 0);
  }

  void sawBytes(long at) {
    if (firstByteAt < 0 && reader.bodyBegan()) {
      firstByteAt = at;
    }
  }

  void end() {
    busy = false;
  }

  boolean busy() {
    return busy;
  }

  long begunAt() {
    return begunAt;
  }

  long firstByteNanos(long end) {
    return (firstByteAt < 0 ? end : firstByteAt) - begunAt;
  }
}
